package io.quantchat;

import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.infra.testing.StoreTables;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Empty tables to rehearse on, and a list of all that was asked of them. */
public final class RehearsalWorld implements ExecutionInterceptor {

  private static final Map<Variable, String> TABLES =
      Map.ofEntries(
          Map.entry(Variable.ACCOUNTS_TABLE, "AccountsTable"),
          Map.entry(Variable.ACCOUNT_EMAILS_TABLE, "AccountEmailsTable"),
          Map.entry(Variable.CONTACTS_TABLE, "ContactsTable"),
          Map.entry(Variable.RELAY_MESSAGES_TABLE, "RelayMessagesTable"),
          Map.entry(Variable.CONNECTIONS_TABLE, "ConnectionsTable"),
          Map.entry(Variable.SESSIONS_TABLE, "SessionsTable"),
          Map.entry(Variable.SIGNING_KEYS_TABLE, "SigningKeysTable"),
          Map.entry(Variable.TOKEN_KEYS_TABLE, "TokenKeysTable"),
          Map.entry(Variable.KEY_BUNDLES_TABLE, "KeyBundlesTable"),
          Map.entry(Variable.PREKEYS_TABLE, "PrekeysTable"),
          Map.entry(Variable.LIMITS_TABLE, "LimitsTable"));

  private final StoreTables tables;
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  public final DynamoDbClient dynamoDb;
  public final Environment environment;
  public final Host host;
  public final FakeSockets sockets = new FakeSockets();
  public final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.123Z"));

  /** A world on these tables. */
  public RehearsalWorld(StoreTables tables) {
    this.tables = tables;
    this.dynamoDb = tables.client(this);
    var variables = new HashMap<String, String>();
    TABLES.forEach((variable, table) -> variables.put(variable.name(), tables.name(table)));
    variables.put(Variable.TOKEN_ISSUER.name(), "quantchat-tests");
    variables.put(Variable.TOKEN_AUDIENCE.name(), "quantchat");
    variables.put(Variable.ALLOWED_ORIGIN.name(), "*");
    variables.put(Variable.ACCESS_TOKEN_MINUTES.name(), "15");
    variables.put(Variable.REFRESH_TOKEN_DAYS.name(), "30");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_NAME.name(), "function");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_VERSION.name(), "1");
    variables.put(Variable.AWS_LAMBDA_INITIALIZATION_TYPE.name(), "snap-start");
    this.environment = new Environment(variables);
    this.host = new Host(environment, dynamoDb, () -> sockets, clock, new SecureRandom());
  }

  /** Every kind of request so far and the table it was for, such as {@code Query ContactsTable}. */
  public Set<String> asked() {
    return Set.copyOf(asked);
  }

  /** How many items there are, in all tables together. */
  public int items() {
    return TABLES.values().stream()
        .mapToInt(table -> tables.client().scan(scan -> scan.tableName(tables.name(table))).count())
        .sum();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    String kind = request.getClass().getSimpleName().replace("Request", "");
    switch (request) {
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().forEach(write -> note(kind, tableOf(write)));
      case BatchGetItemRequest batch ->
          batch.requestItems().keySet().forEach(table -> note(kind, table));
      default -> note(kind, request.getValueForField("TableName", String.class).orElseThrow());
    }
  }

  private static String tableOf(TransactWriteItem write) {
    return write.put() == null ? write.update().tableName() : write.put().tableName();
  }

  private void note(String kind, String table) {
    asked.add(kind + " " + table.substring(table.lastIndexOf('-') + 1));
  }
}
