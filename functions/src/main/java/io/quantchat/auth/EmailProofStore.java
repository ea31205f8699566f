package io.quantchat.auth;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What was mailed and is waited for, as hashes: of each account at most one of each purpose, the
 * newest. Each is good once, since what it is good for is done in the transaction that deletes it.
 */
final class EmailProofStore {

  /** Codes that may be tried of one mail; the link goes on being good. */
  static final int MOST_TRIES = 10;

  private static final String PROOF = "proof";
  private static final String USER_ID = "user_id";
  private static final String ADDRESS = "address";
  private static final String TOKEN_HASH = "token_hash";
  private static final String CODE_HASH = "code_hash";
  private static final String TRIES = "tries";
  private static final String GOOD_UNTIL = "good_until";
  private static final String EXPIRES_AT = "expires_at";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  /** Proofs in a host's table. */
  static EmailProofStore of(Host host) {
    return new EmailProofStore(
        host.dynamoDb(), host.get(Variable.EMAIL_PROOFS_TABLE), host.clock());
  }

  private EmailProofStore(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
  }

  /** Waits for what is about to be mailed to an address; what was mailed before is void. */
  void await(EmailProof.Purpose purpose, String userId, String address, ProofSecrets secrets) {
    Instant goodUntil = clock.instant().plus(purpose.life());
    dynamoDb.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        PROOF, Item.of(purpose.key(userId)),
                        USER_ID, Item.of(userId),
                        ADDRESS, Item.of(address),
                        TOKEN_HASH, Item.of(ProofSecrets.hashOfToken(secrets.token())),
                        CODE_HASH, Item.of(ProofSecrets.hashOfCode(userId, secrets.code())),
                        TRIES, Item.of(0),
                        GOOD_UNTIL, Item.of(goodUntil.toEpochMilli()),
                        EXPIRES_AT, Item.of(Times.ceilingSeconds(goodUntil)))));
  }

  /** The address that is to be proved, if that is waited for. */
  Optional<String> awaited(EmailProof.Purpose purpose, String userId) {
    return find(purpose, userId).map(item -> item.text(ADDRESS));
  }

  /** What a token proves, if it is good. */
  Optional<EmailProof> byToken(EmailProof.Purpose purpose, String token) {
    byte[] hash = ProofSecrets.hashOfToken(token);
    return ProofSecrets.userIdOf(token)
        .flatMap(userId -> find(purpose, userId))
        .filter(item -> MessageDigest.isEqual(item.bytes(TOKEN_HASH), hash))
        .map(item -> proofOf(purpose, item));
  }

  /** What a code proves, if it is good. The try is counted before it is looked at. */
  Optional<EmailProof> byCode(EmailProof.Purpose purpose, String userId, String code) {
    byte[] hash = ProofSecrets.hashOfCode(userId, code);
    return countTry(purpose, userId)
        .filter(item -> MessageDigest.isEqual(item.bytes(CODE_HASH), hash))
        .map(item -> proofOf(purpose, item));
  }

  private Optional<Item> countTry(EmailProof.Purpose purpose, String userId) {
    try {
      var counted =
          dynamoDb.updateItem(
              update ->
                  update
                      .tableName(table)
                      .key(key(purpose.key(userId)))
                      .updateExpression("ADD " + TRIES + " :one")
                      .conditionExpression("%s < :most AND %s > :now".formatted(TRIES, GOOD_UNTIL))
                      .expressionAttributeValues(
                          Map.of(
                              ":one", Item.of(1),
                              ":most", Item.of(MOST_TRIES),
                              ":now", Item.of(clock.millis())))
                      .returnValues("ALL_NEW"));
      return Optional.of(new Item(counted.attributes()));
    } catch (ConditionalCheckFailedException noneOrTooMany) {
      return Optional.empty();
    }
  }

  private Optional<Item> find(EmailProof.Purpose purpose, String userId) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(key(purpose.key(userId)))
                .consistentRead(true)
                .build());
    return Optional.of(found)
        .filter(answer -> answer.hasItem())
        .map(answer -> new Item(answer.item()))
        .filter(item -> item.number(GOOD_UNTIL) > clock.millis());
  }

  private static EmailProof proofOf(EmailProof.Purpose purpose, Item item) {
    return new EmailProof(purpose, item.text(USER_ID), item.text(ADDRESS), item.bytes(TOKEN_HASH));
  }

  /** The write that uses a proof up, unless it was used or another mail went out: the first. */
  TransactWriteItem using(EmailProof proof) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(table)
                .key(key(proof.key()))
                .conditionExpression(TOKEN_HASH + " = :hash AND " + GOOD_UNTIL + " > :now")
                .expressionAttributeValues(
                    Map.of(
                        ":hash", Item.of(proof.tokenHash()),
                        ":now", Item.of(clock.millis())))
                .build())
        .build();
  }

  /** The write that waits no longer for a proof of an account, whatever it waited for. */
  TransactWriteItem forgetting(EmailProof.Purpose purpose, String userId) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(table).key(key(purpose.key(userId))).build())
        .build();
  }

  /** Waits no longer for a proof of an account. */
  void forget(EmailProof.Purpose purpose, String userId) {
    dynamoDb.transactWriteItems(write -> write.transactItems(forgetting(purpose, userId)));
  }

  private static Map<String, AttributeValue> key(String proof) {
    return Map.of(PROOF, Item.of(proof));
  }
}
