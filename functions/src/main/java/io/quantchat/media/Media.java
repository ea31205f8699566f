package io.quantchat.media;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An attachment, encrypted.
 *
 * @param id 43 characters
 * @param size bytes of the ciphertext
 * @param sha256 its hash, in base64
 * @param deleteHash the hash of the secret that deletes it, in base64
 * @param parts the hashes of its parts, in base64; none if it is put at once
 * @param uploadId of the upload in parts
 * @param isCompleted whether its parts are one object
 * @param expiresAt from when on it is gone
 */
record Media(
    String id,
    long size,
    String sha256,
    String deleteHash,
    List<String> parts,
    Optional<String> uploadId,
    boolean isCompleted,
    Instant expiresAt) {

  /** How long an attachment stays, like a message. */
  static final Duration LIFE = Duration.ofDays(7);

  /** Bytes of an id, which are drawn. */
  static final int ID_BYTES = 32;

  private static final int MEBIBYTE = 1 << 20;

  /** The name of an attachment's object. */
  static String keyOf(String id) {
    return "media/" + id;
  }

  /** An id of these bytes. */
  static String idOf(byte[] random) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** The name of its object. */
  String key() {
    return keyOf(id);
  }

  /** What is uploaded of it, in order. */
  List<Piece> pieces() {
    if (uploadId.isEmpty()) {
      return List.of(new Piece(1, 0, size, sha256));
    }
    return IntStream.range(0, parts.size()).mapToObj(this::part).toList();
  }

  private Piece part(int index) {
    long offset = index * Piece.PART_SIZE;
    return new Piece(index + 1, offset, Math.min(Piece.PART_SIZE, size - offset), parts.get(index));
  }

  /** Whether it can be got, as far as its row says. */
  boolean isWhole() {
    return uploadId.isEmpty() || isCompleted;
  }

  /** As limits count it, rounded up. */
  static int mebibytes(long size) {
    return Math.toIntExact((size + MEBIBYTE - 1) / MEBIBYTE);
  }
}
