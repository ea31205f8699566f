package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class BlockingTest {

  private final World world;
  private final ContactCalls contacts;
  private final Account ada;
  private final Account bob;

  BlockingTest(StoreTables tables) {
    world = new World(tables);
    contacts = new ContactCalls(world);
    ada = world.account("ada");
    bob = world.account("bob");
  }

  @Test
  void aBlockCanBeRepeatedAndTakenBackTwice() {
    world.areContacts(ada, bob);
    world.socketOf(bob);

    assertThat(contacts.block(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(contacts.block(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());

    assertThat(contacts.unblock(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(contacts.unblock(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).isEmpty();
    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
  }

  @Test
  void whoIsNoContactCanBeBlocked() {
    assertThat(contacts.block(ada, bob.userId()).status()).isEqualTo(204);

    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());
    assertThat(contacts.listOf(ada)).isEmpty();
  }

  @Test
  void aThousandBlocksAreTheMost() {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i < ContactService.MOST_BLOCKED; i++) {
      ids.add(UUID.randomUUID().toString());
    }
    world.dynamoDb.updateItem(
        update ->
            update
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(ada.userId())))
                .updateExpression("ADD blocked :ids")
                .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(ids))));

    assertThat(contacts.block(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(contacts.block(ada, world.account("carol").userId()).status()).isEqualTo(422);
    assertThat(contacts.block(ada, bob.userId()).status()).isEqualTo(204);
  }

  @Test
  void deletingLeavesTheOthersEntryAndABlockAndCanBeRepeated() {
    world.areContacts(ada, bob);
    contacts.block(ada, bob.userId());

    assertThat(contacts.delete(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(contacts.delete(ada, bob.userId()).status()).isEqualTo(204);

    assertThat(contacts.listOf(ada)).isEmpty();
    assertThat(contacts.listOf(bob)).hasSize(1);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());
  }
}
