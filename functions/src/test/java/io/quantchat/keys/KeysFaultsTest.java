package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.StoreTables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The key directory in tables that do what real ones do now and then. */
class KeysFaultsTest {

  private static final int PREKEYS = 10;

  private final ScriptedFaults faults = Faults.scripted();
  private final KeysFixture keys = new KeysFixture(StoreTables.failing(faults));

  @Test
  void everyPrekeyIsHandedOutOnceThoughDynamoDbTakesAndGivesThemInParts() {
    faults.then("BatchWriteItem", Fault.UNPROCESSED).then("BatchWriteItem", Fault.UNPROCESSED);
    KeyOwner owner = keys.publisher("ada", PREKEYS);
    assertThat(faults.isOver()).isTrue();
    assertThat(keys.count(owner).path("one_time").asInt()).isEqualTo(PREKEYS);
    KeyOwner caller = keys.owner("ben");
    faults.then("BatchGetItem", Fault.UNPROCESSED).then("BatchGetItem", Fault.UNPROCESSED);

    List<String> taken = new ArrayList<>();
    taken.addAll(KeysFixture.prekeyIds(keys.taken(caller.account, owner, PREKEYS / 2)));
    taken.addAll(KeysFixture.prekeyIds(keys.taken(caller.account, owner, PREKEYS / 2)));

    assertThat(faults.isOver()).isTrue();
    assertThat(taken).hasSize(PREKEYS).doesNotHaveDuplicates();
  }
}
