package io.quantchat.media;

import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;

/**
 * How large attachments may be, in bytes of ciphertext.
 *
 * @param largest of any
 * @param largestSingle of one that is put at once
 */
record MediaSizes(long largest, long largestSingle) {

  /** What encryption may add to a file of the largest size. */
  private static final long OVERHEAD = 64 * 1024;

  /** As the operator has them. */
  static MediaSizes of(Environment environment) {
    return new MediaSizes(
        bytes(environment, Variable.MEDIA_MEBIBYTES) + OVERHEAD,
        bytes(environment, Variable.MEDIA_SINGLE_MEBIBYTES));
  }

  private static long bytes(Environment environment, Variable mebibytes) {
    return (long) environment.getInt(mebibytes) << 20;
  }

  /** Whether something of this size is uploaded in parts. */
  boolean isInParts(long size) {
    return size > largestSingle;
  }
}
