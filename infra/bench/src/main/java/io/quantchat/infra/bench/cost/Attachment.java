package io.quantchat.infra.bench.cost;

/**
 * What an attachment uses on its way.
 *
 * @param bytes of its ciphertext
 * @param parts how many it is uploaded in; 0 where it is put at once
 */
record Attachment(double bytes, int parts) {

  static final double MEGABYTE = 1024.0 * 1024;

  /** A picture: put at once. */
  static final Attachment PICTURE = new Attachment(MEGABYTE, 0);

  /** A video of 90 MB, in parts of 8. */
  static final Attachment VIDEO = new Attachment(90 * MEGABYTE, 12);

  private static final String FUNCTION = "MediaFunction";

  /** Of an answer with a link. */
  private static final int LINK_BYTES = 1_200;

  /** Beginning it, its bytes and, of one in parts, the completion; what comes in is free. */
  Usage uploaded(Operations operations) {
    Usage begun =
        operations
            .request(FUNCTION, Assumption.MEDIA_MS, LINK_BYTES * Math.max(1, parts))
            .plus(operations.units("media_begin"));
    if (parts == 0) {
      return begun.and(Price.OBJECT_WRITE, 1);
    }
    // To begin, list and complete are requests as well.
    return begun
        .plus(operations.request(FUNCTION, Assumption.MEDIA_MS, 0))
        .plus(operations.units("media_complete"))
        .and(Price.OBJECT_WRITE, parts + 3);
  }

  /** A link and the bytes. */
  Usage downloaded(Operations operations) {
    return operations
        .request(FUNCTION, Assumption.MEDIA_MS, LINK_BYTES)
        .plus(operations.units("media_get"))
        .plus(operations.transfer(bytes))
        .and(Price.OBJECT_READ, 1);
  }

  /** By a request of the recipient's; S3 deletes for nothing. */
  Usage deleted(Operations operations) {
    return operations
        .request(FUNCTION, Assumption.MEDIA_MS, 0)
        .plus(operations.units("media_delete"));
  }

  /** Its bytes in the bucket. */
  Usage kept(Operations operations, double days) {
    return operations.kept(bytes, days);
  }
}
