package io.quantchat.relay;

import io.quantchat.infra.stack.EmbeddedDynamoDb;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One embedded database for all of the relay's tests. Nothing in it is ever reaped. */
final class RelayTables {

  static final String MESSAGES = "RelayMessagesTable";
  static final String ACCOUNTS = "AccountsTable";
  static final String ACCOUNT_EMAILS = "AccountEmailsTable";
  static final String CONNECTIONS = "ConnectionsTable";
  static final String TOKEN_KEYS = "TokenKeysTable";

  private static final class Holder {
    static final EmbeddedDynamoDb DATABASE = EmbeddedDynamoDb.inMemory();
    static final DynamoDbClient CLIENT = DATABASE.client();

    static {
      new Tables(CLIENT)
          .create(
              List.of(
                  spec(MESSAGES, "recipient_id", "message_id"),
                  spec(ACCOUNTS, "user_id", null),
                  spec(ACCOUNT_EMAILS, "email", null),
                  spec(CONNECTIONS, "user_id", "connection_id"),
                  spec(TOKEN_KEYS, "purpose", "key_id")),
              Tables.Reaping.NEVER);
    }
  }

  private RelayTables() {}

  static DynamoDbClient client() {
    return Holder.CLIENT;
  }

  /** A client whose calls pass this interceptor. */
  static DynamoDbClient clientThrough(ExecutionInterceptor interceptor) {
    return Holder.DATABASE
        .clientBuilder()
        .overrideConfiguration(override -> override.addExecutionInterceptor(interceptor))
        .build();
  }

  private static TableSpec spec(String name, String partition, String sort) {
    return new TableSpec(
        name,
        name,
        new TableSpec.Key(partition, "S"),
        Optional.ofNullable(sort).map(key -> new TableSpec.Key(key, "S")),
        Optional.of("expires_at"));
  }
}
