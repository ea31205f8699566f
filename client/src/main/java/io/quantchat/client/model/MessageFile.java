package io.quantchat.client.model;

import io.quantchat.crypto.PixelSize;
import java.time.Instant;
import java.util.Optional;

/**
 * A file of a message. Name, type and size are the sender's word.
 *
 * @param number its place among those of the message, from 1 on
 * @param size in bytes
 * @param pixels of a picture
 * @param blurhash of a picture
 * @param thumbnail of a picture: JPEG or PNG, as it came
 * @param done of {@code total}, in bytes as they travel, while it is on its way
 * @param until when the server forgets it, about
 * @param fault why it is GONE
 */
public record MessageFile(
    int number,
    String name,
    String type,
    long size,
    Optional<PixelSize> pixels,
    Optional<String> blurhash,
    Optional<byte[]> thumbnail,
    FileState state,
    long done,
    long total,
    Optional<Instant> until,
    Optional<String> fault) {

  /** Never what is inside. */
  @Override
  public String toString() {
    return "MessageFile[" + number + ", " + state + "]";
  }
}
