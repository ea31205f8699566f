package io.quantchat.media;

/**
 * What one request uploads: an attachment, or a part of it.
 *
 * @param number from 1
 * @param offset where in the attachment it begins
 * @param size its bytes
 * @param sha256 their hash, in base64
 */
record Piece(int number, long offset, long size, String sha256) {

  /** A part's bytes; the last one's are fewer. S3 takes no smaller parts than 5 MiB. */
  static final long PART_SIZE = 8L << 20;

  /** How many parts there are of so many bytes. */
  static int count(long size) {
    return Math.toIntExact((size + PART_SIZE - 1) / PART_SIZE);
  }
}
