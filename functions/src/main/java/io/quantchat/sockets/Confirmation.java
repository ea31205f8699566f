package io.quantchat.sockets;

import io.quantchat.http.Fields;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a recipient says about a message.
 *
 * @param proof that it is the recipient who says it, for the sender alone to check: the server
 *     passes it on and can't tell a good one from another; some programs send none
 */
record Confirmation(String messageId, String senderId, Optional<String> proof) {

  /** Base64 of 32 bytes in its one spelling (RFC 4648 §4). */
  private static final Pattern PROOF = Pattern.compile("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");

  private static final int PROOF_LENGTH = 44;

  /**
   * Reads a confirmation.
   *
   * @throws io.quantchat.http.Problem of kind INVALID that names every fault
   */
  static Confirmation read(Fields payload) {
    var confirmation =
        new Confirmation(
            payload.id("message_id"), payload.id("sender_id"), proof(payload, "proof"));
    payload.check();
    return confirmation;
  }

  private static Optional<String> proof(Fields payload, String name) {
    Optional<String> text = payload.optionalText(name, PROOF_LENGTH, PROOF_LENGTH);
    if (text.isPresent() && !PROOF.matcher(text.get()).matches()) {
      payload.reject(name, "must be base64 of 32 bytes, or be left out");
    }
    return text;
  }
}
