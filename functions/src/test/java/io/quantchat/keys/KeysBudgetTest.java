package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.World;
import io.quantchat.accounts.Account;
import io.quantchat.infra.testing.Budgeted;
import io.quantchat.infra.testing.CapacityCounter;
import io.quantchat.infra.testing.Spent;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.keys.KeysFixture.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the key directory asks of DynamoDB; the numbers are in {@code infra/budgets.json}. */
class KeysBudgetTest {

  private static final StoreTables TABLES = StoreTables.embedded();

  private final CapacityCounter counter = new CapacityCounter(Duration.ofMillis(100));
  private final DynamoDbClient counted = TABLES.client(counter);
  private final World world = new World(TABLES);
  private final KeysFixture keys = new KeysFixture(world, counted);
  private final Account bob = world.account("bob");
  private KeyOwner ada;
  private TestInfo test;

  @BeforeEach
  void publish(TestInfo test) {
    this.test = test;
    ada = keys.publisher("ada", 100);
  }

  @AfterEach
  void closeTheClient() {
    counted.close();
  }

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  @Test
  void takingOnePrekey() throws Exception {
    holds("take_1", taking(1));
  }

  @Test
  void takingFivePrekeys() throws Exception {
    holds("take_5", taking(5));
  }

  @Test
  void takingOneOfTheLastTwenty() throws Exception {
    for (int i = 0; i < 16; i++) {
      keys.taken(bob, ada, 5);
    }
    world.socketOf(ada.account);

    holds("take_1_low", taking(1));
  }

  @Test
  void takingWhereThereIsNone() throws Exception {
    for (int i = 0; i < 20; i++) {
      keys.taken(world.account("taker"), ada, 5);
    }

    holds("take_last_resort", taking(1));
  }

  @Test
  void publishingABundle() throws Exception {
    holds(
        "publish_bundle",
        world
            .request("PUT", "/keys/bundle", ada.account)
            .put("body", KeyOwner.json(ada.bundle(2, keys.now())).toString()));
  }

  @Test
  void publishingOneHundredPrekeys() throws Exception {
    holds(
        "publish_100_prekeys",
        world
            .request("POST", "/keys/prekeys", ada.account)
            .put("body", KeyOwner.json(ada.batch(100, keys.now())).toString()));
  }

  @Test
  void countingPrekeys() throws Exception {
    holds("count_prekeys", world.request("GET", "/keys/prekeys/count", ada.account));
  }

  @Test
  void lookingForANewerBundle() throws Exception {
    holds(
        "check_bundle",
        keys.asking(
            "/keys/{user_id}/bundle", bob, ada.account.userId(), Map.of("if_version", "1")));
  }

  private ObjectNode taking(int count) {
    return keys.asking(
        "/keys/{user_id}", bob, ada.account.userId(), Map.of("take", Integer.toString(count)));
  }

  private void holds(String operation, ObjectNode event) throws Exception {
    var answers = new ArrayList<Answer>();

    Spent spent = counter.during(() -> answers.add(keys.call(event)));

    assertThat(answers.getFirst().status()).isBetween(200, 304);
    Budgeted.holds(operation, spent, test);
  }
}
