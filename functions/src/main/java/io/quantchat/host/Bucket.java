package io.quantchat.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of S3. What is in it comes and goes by links that are signed beforehand: no byte of an
 * object passes through a function. Every call can be repeated. What S3 can't do for now fails as
 * the SDK's own calls do, with an {@link software.amazon.awssdk.core.exception.SdkException}.
 */
public interface Bucket {

  /** Part of an upload ({@code uploadId}), or the only one. */
  record Place(String key, Optional<String> uploadId, int number) {}

  /**
   * A request that whoever has it may make.
   *
   * @param url absolute; or a path, to be resolved against the address of the request that asked
   * @param headers to be sent as they are
   * @param end from when on it is refused
   */
  record Link(String url, Map<String, String> headers, Instant end) {

    /** Never the address: whoever reads it can use it. */
    @Override
    public String toString() {
      return "Link[]";
    }
  }

  /**
   * A part that has arrived.
   *
   * @param etag as S3 gives it, with its quotes
   * @param sha256 in base64
   */
  record Part(int number, long size, String etag, String sha256) {}

  /**
   * A link to put bytes by, those alone.
   *
   * @param size how many
   * @param sha256 their hash, in base64
   * @param host the {@code Host} of the request that asks, for addresses that are paths
   */
  Link put(Place place, long size, String sha256, String host, Duration goodFor);

  /** A link to get an object by, as bytes to be saved and not to be shown or kept by caches. */
  Link get(String key, String host, Duration goodFor);

  /**
   * Begins an object of parts.
   *
   * @return the upload's id
   */
  String begin(String key);

  /** The parts that have arrived, by their numbers; empty if there is no such upload (any more). */
  Optional<List<Part>> parts(String key, String uploadId);

  /**
   * Makes an object of its parts.
   *
   * @return whether there was such an upload
   */
  boolean complete(String key, String uploadId, List<Part> parts);

  /** Gives an upload up, and its parts, if there is one. */
  void abort(String key, String uploadId);

  /** Whether there is an object. */
  boolean has(String key);

  /** Deletes an object, if there is one. */
  void delete(String key);
}
