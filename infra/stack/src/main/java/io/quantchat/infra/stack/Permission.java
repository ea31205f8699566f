package io.quantchat.infra.stack;

import java.util.Optional;
import java.util.Set;

/**
 * One thing that a role allows.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN that it may be done to, or {@code *}
 * @param attributes the attributes of a table that a request may name and be answered with; nothing
 *     where it may be all
 */
public record Permission(String action, String resource, Optional<Set<String>> attributes) {

  /** One that isn't about attributes. */
  Permission(String action, String resource) {
    this(action, resource, Optional.empty());
  }
}
