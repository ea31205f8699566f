package io.quantchat.http;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a 429 says of the limit that was met, in the fields of draft-ietf-httpapi-ratelimit-headers
 * and in {@code Retry-After} (RFC 9110 §10.2.3), all of them in whole seconds.
 *
 * @param policy the limit's name: lower-case letters, digits and hyphens
 * @param quota how much may be done in a window
 * @param window the window's length
 * @param remaining how much of it is left: less than was asked for
 * @param reset how long to wait before the same is asked again
 */
public record RateLimit(
    String policy, long quota, Duration window, long remaining, Duration reset) {

  /** A page of another origin may read only headers that are named so (Fetch, CORS). */
  private static final String EXPOSED = "Retry-After,RateLimit,RateLimit-Policy";

  /** How long to wait, rounded up. */
  long resetSeconds() {
    return seconds(reset);
  }

  Map<String, String> headers() {
    var headers = new TreeMap<String, String>();
    headers.put("Access-Control-Expose-Headers", EXPOSED);
    headers.put("Retry-After", Long.toString(resetSeconds()));
    headers.put("RateLimit", "\"" + policy + "\";r=" + remaining + ";t=" + resetSeconds());
    headers.put("RateLimit-Policy", "\"" + policy + "\";q=" + quota + ";w=" + seconds(window));
    return headers;
  }

  /** The headers of a refusal that isn't for a limit's sake. */
  static Map<String, String> retryAfter(Duration wait) {
    return Map.of(
        "Access-Control-Expose-Headers",
        "Retry-After",
        "Retry-After",
        Long.toString(seconds(wait)));
  }

  static long seconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }
}
