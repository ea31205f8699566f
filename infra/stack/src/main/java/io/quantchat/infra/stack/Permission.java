package io.quantchat.infra.stack;

/**
 * One thing that a role allows.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN that it may be done to, or {@code *}
 */
public record Permission(String action, String resource) {}
