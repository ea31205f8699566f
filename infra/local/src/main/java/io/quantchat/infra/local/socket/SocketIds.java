package io.quantchat.infra.local.socket;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of connections, requests and messages: 16 characters of URL-safe base64, ending in '='. */
final class SocketIds {

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{15}=");
  private static final int BYTES = 11;
  private static final int TRACE_BYTES = 12;

  private final SecureRandom random;

  SocketIds(SecureRandom random) {
    this.random = random;
  }

  String next() {
    return Base64.getUrlEncoder().encodeToString(bytes(BYTES));
  }

  /** An {@code X-Amzn-Trace-Id} of the given time. */
  String traceId(long epochSecond) {
    return "Root=1-%08x-%s".formatted(epochSecond, HexFormat.of().formatHex(bytes(TRACE_BYTES)));
  }

  static boolean isWellFormed(String id) {
    return WELL_FORMED.matcher(id).matches();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
