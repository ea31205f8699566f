package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.testing.Budgeted;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Counts what the key directory asks of DynamoDB; see {@link io.quantchat.BudgetsTest}. */
class KeysBudgetTest {

  private static final StoreTables TABLES = StoreTables.embedded();

  private final World world = new World(TABLES);
  private final KeysFixture keys = new KeysFixture(world, world.counted());
  private final Account bob = world.account("bob");
  private KeyOwner ada;
  private TestInfo test;

  @BeforeEach
  void publish(TestInfo test) {
    this.test = test;
    ada = keys.publisher("ada", 100);
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
  void withdrawingOneHundredPrekeys() throws Exception {
    holds("withdraw_100_prekeys", world.request("DELETE", "/keys/prekeys", ada.account));
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
    world.hasAdded(ada.account, bob);
    return keys.asking(
        "/keys/{user_id}", bob, ada.account.userId(), Map.of("take", Integer.toString(count)));
  }

  private void holds(String operation, ObjectNode event) throws Exception {
    Budgeted.holds(operation, world, keys.handler, event, test);
  }
}
