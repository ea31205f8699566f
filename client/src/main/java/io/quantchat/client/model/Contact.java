package io.quantchat.client.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Somebody whom the account has as a contact.
 *
 * @param email empty where it wasn't given when the contact was added
 * @param publicKeys as the server shows them of who was added just now, for show: messages go by
 *     the pinned, signed bundle; empty in lists
 * @param entry all that the server said of them, fields of tomorrow included
 */
public record Contact(
    UUID id,
    String username,
    String email,
    String fullName,
    boolean online,
    boolean blocked,
    List<?> publicKeys,
    Map<String, Object> entry) {

  public Contact {
    publicKeys = Collections.unmodifiableList(publicKeys);
    entry = Collections.unmodifiableMap(new LinkedHashMap<>(entry));
  }
}
