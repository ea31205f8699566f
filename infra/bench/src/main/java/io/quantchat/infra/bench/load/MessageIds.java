package io.quantchat.infra.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * UUIDv7s (RFC 9562) that carry a number in their last 48 bits, so that a message that arrives says
 * which one it is.
 */
public final class MessageIds {

  /** Characters of an id's text. */
  public static final int LENGTH = 36;

  private static final HexFormat HEX = HexFormat.of();
  private static final int NUMBER_AT = 24;

  private final int run;

  /**
   * @param run tells the ids of one run from those of another; 12 bits count
   */
  public MessageIds(int run) {
    this.run = run & 0xFFF;
  }

  /** Writes the id of a number into a text that has room for it. */
  public void write(long epochMillis, int number, byte[] text, int at) {
    String time = HEX.toHexDigits(epochMillis, 12);
    String id =
        time.substring(0, 8)
            + '-'
            + time.substring(8)
            + "-7"
            + HEX.toHexDigits(run, 3)
            + "-8000-"
            + HEX.toHexDigits(number, 12);
    System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, text, at, LENGTH);
  }

  /** The number in an id's text. */
  public static int numberOf(ByteBuffer text, int at) {
    int number = 0;
    for (int i = at + NUMBER_AT; i < at + LENGTH; i++) {
      number = number << 4 | HexFormat.fromHexDigit(text.get(i));
    }
    return number;
  }
}
