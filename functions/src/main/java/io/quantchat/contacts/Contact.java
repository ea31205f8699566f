package io.quantchat.contacts;

import java.time.Instant;

/**
 * One account's entry of another.
 *
 * @param userId who added
 * @param contactId who was added
 * @param createdAt when, to the millisecond
 * @param givenEmail the address that who added has given
 */
public record Contact(String userId, String contactId, Instant createdAt, GivenEmail givenEmail) {

  /** An entry that was made by id. */
  public Contact(String userId, String contactId, Instant createdAt) {
    this(userId, contactId, createdAt, GivenEmail.NONE);
  }
}
