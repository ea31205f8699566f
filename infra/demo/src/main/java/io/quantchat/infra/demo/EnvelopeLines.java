package io.quantchat.infra.demo;

import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.MessageSignature;
import io.quantchat.crypto.Signature;
import io.quantchat.infra.demo.ServerAnswers.Waiting;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A message as the server has it: who, until when, and how many bytes of what. */
final class EnvelopeLines {

  private static final int SHOWN_BYTES = 8;

  private EnvelopeLines() {}

  static List<String> of(Waiting waiting, Look look) {
    Envelope envelope = waiting.envelope();
    var lines = new ArrayList<String>();
    lines.add(
        "from %s to %s, kept until %s"
            .formatted(
                ShortId.of(envelope.senderId()),
                ShortId.of(envelope.recipientId()),
                waiting.expiresAt().atOffset(ZoneOffset.UTC).toLocalDate()));
    lines.add(content(envelope.content(), look));
    lines.add(line("ephemeral", envelope.sessionKey().ephemeral().encoded().length, ", ECDH-P256"));
    envelope
        .sessionKey()
        .ciphertext()
        .ifPresent(ciphertext -> lines.add(line("ciphertext", ciphertext.length, ", ML-KEM-768")));
    lines.add(line("wrapped key", envelope.sessionKey().wrap().length, ""));
    for (MessageSignature signed : envelope.signatures()) {
      Signature signature = signed.signature();
      lines.add(
          line("signature", signature.bytes().length, ", " + signature.algorithm().wireName()));
    }
    return lines;
  }

  /** The encrypted content alone. */
  static String content(byte[] content, Look look) {
    return line("content", content.length, "  " + Shown.hex(content, SHOWN_BYTES, look));
  }

  private static String line(String what, int bytes, String more) {
    return "%-11s %s%s".formatted(what, Shown.size(bytes), more);
  }
}
