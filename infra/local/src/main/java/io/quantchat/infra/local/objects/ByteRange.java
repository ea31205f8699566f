package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.S3Error.Reason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some of an object's bytes (RFC 9110, 14 "Range Requests"). S3 serves one range; what is no range,
 * or several, is answered with all of the object.
 *
 * @param first where it begins
 * @param last where it ends, that byte included
 */
record ByteRange(long first, long last) {

  private static final Pattern SYNTAX = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The range that is asked for.
   *
   * @param size the object's
   */
  static Optional<ByteRange> of(String header, long size) throws S3Error {
    Matcher range = SYNTAX.matcher(header.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long count = Long.parseLong(range.group(2));
      if (count == 0 || size == 0) {
        throw unsatisfiable(header, size);
      }
      return Optional.of(new ByteRange(Math.max(0, size - count), size - 1));
    }
    long first = Long.parseLong(range.group(1));
    if (first >= size) {
      throw unsatisfiable(header, size);
    }
    long last =
        range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
    return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
  }

  private static S3Error unsatisfiable(String header, long size) {
    return new S3Error(Reason.INVALID_RANGE)
        .with("RangeRequested", header)
        .with("ActualObjectSize", size);
  }

  long length() {
    return last - first + 1;
  }

  /** As an answer says it. */
  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(first, last, size);
  }
}
