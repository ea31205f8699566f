package io.quantchat.infra.local.objects;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What is known of a blob's bytes.
 *
 * @param key the object that they are, or are to become part of
 * @param contentType as the uploader gave it
 * @param etag without its quotes; empty for an upload
 * @param checksum SHA-256 as S3 writes it; of an upload, {@code SHA256} where its parts need one;
 *     empty where there is none
 * @param size how many bytes there are
 * @param created when they were whole; of an upload, when it began
 */
record BlobHeader(
    String key, String contentType, String etag, String checksum, long size, Instant created) {

  /** What every header is padded to: more than a key of 1,024 bytes and a type of 255 can need. */
  static final int BYTES = 4_096;

  private static final int MAGIC = 0x51434F31; // QCO1

  /** Fixed in length, so that it can be written before the bytes once they are known. */
  byte[] bytes() {
    var written = new ByteArrayOutputStream(BYTES);
    try (var out = new DataOutputStream(written)) {
      out.writeInt(MAGIC);
      out.writeUTF(key);
      out.writeUTF(contentType);
      out.writeUTF(etag);
      out.writeUTF(checksum);
      out.writeLong(size);
      out.writeLong(created.toEpochMilli());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    if (written.size() > BYTES) {
      throw new IllegalArgumentException("A header of %d bytes.".formatted(written.size()));
    }
    return Arrays.copyOf(written.toByteArray(), BYTES);
  }

  /**
   * Reads one.
   *
   * @throws IOException if it is none
   */
  static BlobHeader of(byte[] bytes) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("This is no object: it begins with something else.");
      }
      return new BlobHeader(
          in.readUTF(),
          in.readUTF(),
          in.readUTF(),
          in.readUTF(),
          in.readLong(),
          Instant.ofEpochMilli(in.readLong()));
    }
  }
}
