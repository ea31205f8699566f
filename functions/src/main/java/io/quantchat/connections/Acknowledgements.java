package io.quantchat.connections;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** Deletes messages that their recipient has. */
@FunctionalInterface
interface Acknowledgements {

  /**
   * Deletes those of these messages that are pending for this account.
   *
   * @return {@code [{message_id, status}]}, in the order asked
   */
  ArrayNode acknowledge(String userId, List<String> messageIds);
}
