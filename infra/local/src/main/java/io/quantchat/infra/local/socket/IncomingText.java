package io.quantchat.infra.local.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;

/** Puts text messages together from their frames, within the limits. For one reader at a time. */
final class IncomingText {

  /** A frame's effect. */
  sealed interface Progress {}

  /** More frames are to come. */
  record More() implements Progress {}

  /** The message is complete. */
  record Whole(String text) implements Progress {}

  /** The message breaks a rule that the socket is closed for. */
  record Refused(CloseReason reason) implements Progress {}

  private final SocketLimits limits;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  IncomingText(SocketLimits limits) {
    this.limits = limits;
  }

  Progress add(Frame frame) {
    int length = frame.getPayloadLength();
    if (length > limits.frameBytes() || parts.size() + length > limits.messageBytes()) {
      return new Refused(CloseReason.TOO_BIG);
    }
    byte[] payload = new byte[length];
    if (length > 0) {
      frame.getPayload().slice().get(payload);
    }
    if (frame.isFin() && parts.size() == 0) {
      return decode(payload);
    }
    parts.writeBytes(payload);
    if (!frame.isFin()) {
      return new More();
    }
    byte[] message = parts.toByteArray();
    parts.reset();
    return decode(message);
  }

  private static Progress decode(byte[] utf8) {
    try {
      return new Whole(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException _) {
      return new Refused(CloseReason.NOT_UTF_8);
    }
  }
}
