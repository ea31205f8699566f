package io.quantchat.client.model;

import java.io.Serial;

/**
 * The metadata of a picture can't be removed, at least not surely: nothing was sent. It can be sent
 * as it is by who wants that.
 */
public final class MetadataException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** Says why. */
  public MetadataException(String message) {
    super(message);
  }
}
