package io.quantchat.contacts;

import java.time.Instant;

/**
 * One account's entry of another.
 *
 * @param userId who added
 * @param contactId who was added
 * @param createdAt when, to the millisecond
 */
public record Contact(String userId, String contactId, Instant createdAt) {}
