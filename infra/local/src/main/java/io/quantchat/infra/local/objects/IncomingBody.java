package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.S3Error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Takes a request's body in, a few bytes at a time, and keeps it from being published if it isn't
 * what was signed.
 *
 * @param length how many bytes it must have
 * @param payload its SHA-256 in hex, if that was signed; else {@link
 *     RequestSignatures#UNSIGNED_PAYLOAD}
 * @param checksum its SHA-256 in base64, if the request says it
 */
record IncomingBody(long length, String payload, Optional<String> checksum) {

  static final String CHECKSUM = "x-amz-checksum-sha256";

  private static final int BUFFER = 64 * 1024;
  private static final int SHA256_BYTES = 32;
  private static final int SHA256_LENGTH = 44;

  /**
   * What was taken in.
   *
   * @param md5 in hex
   */
  record Taken(String md5, long size) {}

  /** The client sends no more. */
  static final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException(IOException cause) {
      super(cause);
    }
  }

  /**
   * That of a request that has one.
   *
   * @param longest how many bytes it may have
   */
  static IncomingBody of(S3Request request, String payload, long longest) throws S3Error {
    String length =
        request
            .header("Content-Length")
            .orElseThrow(() -> new S3Error(Reason.LENGTH_MISSING))
            .strip();
    if (!length.matches("\\d{1,18}")) {
      throw new S3Error(Reason.LENGTH_MISSING);
    }
    if (Long.parseLong(length) > longest) {
      throw new S3Error(Reason.TOO_LARGE)
          .with("ProposedSize", length)
          .with("MaxSizeAllowed", longest);
    }
    if (payload.startsWith("STREAMING-")) {
      throw new S3Error(Reason.NOT_IMPLEMENTED).with("Header", "x-amz-content-sha256");
    }
    Optional<String> checksum = request.header(CHECKSUM);
    if (checksum.isPresent() && !isSha256(checksum.get())) {
      throw new S3Error(Reason.INVALID_CHECKSUM);
    }
    return new IncomingBody(Long.parseLong(length), payload, checksum);
  }

  private static boolean isSha256(String base64) {
    try {
      // Padding included, which this decoder doesn't ask for.
      return base64.length() == SHA256_LENGTH
          && Base64.getDecoder().decode(base64).length == SHA256_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Takes it in.
   *
   * @throws S3Error if it is another one than was said
   * @throws ClientGoneException if it ends too early because the client does
   */
  Taken takeInto(Blobs.Draft draft, InputStream in) throws IOException, S3Error {
    MessageDigest md5 = digest("MD5");
    boolean isHashed = checksum.isPresent() || !payload.equals(RequestSignatures.UNSIGNED_PAYLOAD);
    Optional<MessageDigest> sha256 = isHashed ? Optional.of(digest("SHA-256")) : Optional.empty();
    var buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
    for (long left = length; left > 0; ) {
      int read = read(in, buffer, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new S3Error(Reason.INCOMPLETE_BODY);
      }
      md5.update(buffer, 0, read);
      sha256.ifPresent(hash -> hash.update(buffer, 0, read));
      draft.write(buffer, 0, read);
      left -= read;
    }
    if (sha256.isPresent()) {
      requireHash(sha256.get().digest());
    }
    return new Taken(HexFormat.of().formatHex(md5.digest()), length);
  }

  private static int read(InputStream in, byte[] buffer, int length) throws IOException {
    try {
      return in.read(buffer, 0, length);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  private void requireHash(byte[] sha256) throws S3Error {
    if (!payload.equals(RequestSignatures.UNSIGNED_PAYLOAD)
        && !payload.equals(HexFormat.of().formatHex(sha256))) {
      throw new S3Error(Reason.PAYLOAD_MISMATCH);
    }
    if (checksum.isPresent()
        && !MessageDigest.isEqual(Base64.getDecoder().decode(checksum.get()), sha256)) {
      throw new S3Error(Reason.CHECKSUM_MISMATCH);
    }
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
