package io.quantchat.infra.local.objects;

import java.util.Locale;

/**
 * The name of a blob.
 *
 * @param id lower-case hex digits, and a dash; so that it can be a file's name anywhere
 */
record BlobName(Kind kind, String id) {

  /** What a blob is. */
  enum Kind {
    /** A whole object. */
    OBJECT,
    /** An upload in parts that has begun; without bytes. */
    UPLOAD,
    /** A part of an upload. */
    PART;

    /** That of the folder of all of the kind. */
    String folder() {
      return name().toLowerCase(Locale.ROOT) + "s";
    }
  }
}
