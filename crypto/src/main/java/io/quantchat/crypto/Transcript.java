package io.quantchat.crypto;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The bytes to hash or sign: fields one after the other, each behind its length in 4 bytes, big
 * endian, so that no two lists of fields give the same bytes. A list within is one field. Holds no
 * secrets.
 */
final class Transcript {

  private final List<byte[]> fields = new ArrayList<>();
  private int size;

  Transcript add(byte[] field) {
    fields.add(field);
    size = Math.addExact(size, Math.addExact(Integer.BYTES, field.length));
    return this;
  }

  /**
   * In UTF-8.
   *
   * @throws RefusedException MALFORMED for what has none
   */
  Transcript add(String field) {
    return add(Utf8Text.encode("text", field));
  }

  /** Its 16 bytes. */
  Transcript add(UUID field) {
    return add(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(field.getMostSignificantBits())
            .putLong(field.getLeastSignificantBits())
            .array());
  }

  /** Milliseconds since 1970 in 8 bytes. */
  Transcript add(Instant field) {
    return add(field.toEpochMilli());
  }

  /** 8 bytes. */
  Transcript add(long field) {
    return add(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
  }

  Transcript add(Transcript list) {
    return add(list.toBytes());
  }

  /** A list of texts as one field. */
  Transcript addAll(List<String> texts) {
    var list = new Transcript();
    texts.forEach(list::add);
    return add(list);
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (byte[] field : fields) {
      bytes.putInt(field.length).put(field);
    }
    return bytes.array();
  }
}
