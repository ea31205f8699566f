package io.quantchat.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.database.EmbeddedDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TablesTest {
  private static EmbeddedDatabase database;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.inMemory();
    client = database.client();
  }

  @AfterAll
  static void stop() {
    client.close();
    database.close();
  }

  @Test
  void aMissingTableIsCreatedAndUsableAtOnce() {
    new Tables(client).create(List.of(messages("fresh")), Tables.Reaping.AS_DECLARED);

    client.putItem(b -> b.tableName("fresh").item(item("r-1", "m-1")));

    assertThat(client.getItem(b -> b.tableName("fresh").key(item("r-1", "m-1"))).item())
        .isEqualTo(item("r-1", "m-1"));
  }

  @Test
  void creatingTwiceKeepsWhatTheTableHolds() {
    new Tables(client).create(List.of(messages("kept")), Tables.Reaping.AS_DECLARED);
    client.putItem(b -> b.tableName("kept").item(item("r-1", "m-1")));

    new Tables(client).create(List.of(messages("kept")), Tables.Reaping.AS_DECLARED);

    assertThat(client.getItem(b -> b.tableName("kept").key(item("r-1", "m-1"))).hasItem()).isTrue();
  }

  @Test
  void timeToLiveIsEnabledAsDeclared() {
    new Tables(client).create(List.of(messages("reaped")), Tables.Reaping.AS_DECLARED);

    assertThat(timeToLive("reaped").timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
    assertThat(timeToLive("reaped").attributeName()).isEqualTo("expires_at");
  }

  @Test
  void timeToLiveStaysOffWhereNothingIsToBeReaped() {
    new Tables(client).create(List.of(messages("unreaped")), Tables.Reaping.NEVER);

    assertThat(timeToLive("unreaped").timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
  }

  @Test
  void aTableWithOtherKeysIsRefusedBySayingBoth() {
    new Tables(client).create(List.of(messages("other")), Tables.Reaping.NEVER);
    TableSpec asNumber =
        new TableSpec(
            "Other",
            "other",
            new TableSpec.Key("recipient_id", "N"),
            Optional.empty(),
            Optional.empty());

    assertThatThrownBy(() -> new Tables(client).create(List.of(asNumber), Tables.Reaping.NEVER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Table other")
        .hasMessageContaining("recipient_id (S), message_id (S)")
        .hasMessageContaining("recipient_id (N)");
  }

  @Test
  void tablesThatAreMissingAreNamedInTheirOrderAndNotMade() {
    new Tables(client).create(List.of(messages("present")), Tables.Reaping.NEVER);

    assertThat(
            new Tables(client)
                .missing(List.of(messages("lacking"), messages("present"), messages("absent"))))
        .containsExactly("lacking", "absent");
    assertThat(client.listTables().tableNames()).doesNotContain("lacking", "absent");
  }

  @Test
  void aTableWithOtherKeysIsNotTakenForOneThatIsThere() {
    new Tables(client).create(List.of(messages("shaped")), Tables.Reaping.NEVER);
    TableSpec withoutSortKey =
        new TableSpec(
            "Shaped",
            "shaped",
            new TableSpec.Key("recipient_id", "S"),
            Optional.empty(),
            Optional.empty());

    assertThatThrownBy(() -> new Tables(client).missing(List.of(withoutSortKey)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Table shaped")
        .hasMessageContaining("--database");
  }

  private static TableSpec messages(String name) {
    return new TableSpec(
        "Messages",
        name,
        new TableSpec.Key("recipient_id", "S"),
        Optional.of(new TableSpec.Key("message_id", "S")),
        Optional.of("expires_at"));
  }

  private static Map<String, AttributeValue> item(String recipient, String message) {
    return Map.of(
        "recipient_id",
        AttributeValue.fromS(recipient),
        "message_id",
        AttributeValue.fromS(message));
  }

  private static TimeToLiveDescription timeToLive(String table) {
    return client.describeTimeToLive(b -> b.tableName(table)).timeToLiveDescription();
  }
}
