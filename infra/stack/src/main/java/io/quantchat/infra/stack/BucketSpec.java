package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One S3 bucket of the template.
 *
 * @param logicalId its name in the template
 * @param name the bucket's name
 * @param lifecycle what ends by itself
 * @param cors what pages of other origins may do, the first rule that fits first; empty where they
 *     may do nothing
 */
public record BucketSpec(
    String logicalId, String name, List<LifecycleRule> lifecycle, List<CorsRule> cors) {

  /**
   * What ends by itself.
   *
   * @param prefix what the keys begin with that it is for; empty for all
   * @param expiration how old an object gets; nothing where it stays
   * @param abortion how old an upload in parts gets that isn't completed; nothing where it stays
   */
  public record LifecycleRule(
      String prefix, Optional<Duration> expiration, Optional<Duration> abortion) {}

  /**
   * What pages of some origins may do.
   *
   * @param origins such as {@code https://*.example.org}, or {@code *}
   * @param methods in upper case
   * @param headers that requests may have, or {@code *}
   * @param exposed the headers of answers that a page may read
   * @param maxAge how long a browser may remember it
   */
  public record CorsRule(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      Optional<Duration> maxAge) {}
}
