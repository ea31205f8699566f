package io.quantchat.infra.local.gateway;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The ids that the gateway draws for one request.
 *
 * @param requestId a UUID
 * @param extendedRequestId 16 characters of Base64
 * @param traceRoot an X-Ray root, {@code 1-<8 hex digits of epoch seconds>-<24 hex digits>}
 * @param traceParent 16 hex digits
 * @param lineage {@code 1:<8 hex digits>:0}
 */
public record RequestIds(
    String requestId,
    String extendedRequestId,
    String traceRoot,
    String traceParent,
    String lineage) {

  /** Draws new ones. */
  public static RequestIds draw(RandomGenerator random, Instant now) {
    HexFormat hex = HexFormat.of();
    // 11 bytes make 15 characters and one of padding, as the gateway's own do.
    return new RequestIds(
        uuid(random),
        Base64.getEncoder().encodeToString(bytes(random, 11)),
        "1-%08x-%s".formatted(now.getEpochSecond(), hex.formatHex(bytes(random, 12))),
        hex.formatHex(bytes(random, 8)),
        "1:" + hex.formatHex(bytes(random, 4)) + ":0");
  }

  private static String uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
