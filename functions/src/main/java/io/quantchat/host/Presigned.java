package io.quantchat.host;

import java.net.URI;
import java.time.Instant;

/**
 * A request to S3 that was signed beforehand: it can be made until it ends.
 *
 * @param uri with the signature in its query: a secret
 * @param end from when on S3 refuses it
 */
record Presigned(URI uri, Instant end) {

  /** Never the address: whoever reads it can use it. */
  @Override
  public String toString() {
    return "Presigned[]";
  }
}
