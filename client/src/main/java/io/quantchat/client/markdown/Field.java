package io.quantchat.client.markdown;

import java.util.Set;

/**
 * One field of a message's head, as it is written.
 *
 * @param value without the line ends that a long one has
 */
record Field(String name, String value) {

  static final String EXPORT = "quantchat";
  static final String ID = "id";
  static final String FROM = "from";
  static final String TO = "to";
  static final String TIMESTAMP = "timestamp";
  static final String STATE = "state";

  /** That the message was imported when it was exported: for people, and dropped when read. */
  static final String IMPORTED = "imported";

  /** A detail whose name can't be a field's: a JSON array of its name and its value. */
  static final String DETAIL = "detail";

  static final String EXACT = "exact";
  static final String DIGEST = "digest";

  /** Begins a line that goes on with the value above it. */
  static final String MORE = "+";

  /** What a detail can't be called where it is a field. */
  static final Set<String> RESERVED =
      Set.of(EXPORT, ID, FROM, TO, TIMESTAMP, STATE, IMPORTED, DETAIL, EXACT, DIGEST, MORE);
}
