package io.quantchat.infra.stack;

import java.util.Optional;

/**
 * One DynamoDB table of the template.
 *
 * @param logicalId its name in the template, which is also the table's name where the template
 *     gives none
 * @param name the table's name
 * @param partitionKey the partition key
 * @param sortKey the sort key, if it has one
 * @param timeToLive name of the attribute that holds the expiry in epoch seconds, if TTL is on
 */
public record TableSpec(
    String logicalId,
    String name,
    Key partitionKey,
    Optional<Key> sortKey,
    Optional<String> timeToLive) {

  /**
   * @param name the attribute's name
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record Key(String name, String type) {}
}
