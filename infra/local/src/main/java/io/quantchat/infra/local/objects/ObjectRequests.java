package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.objects.S3Error.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** PutObject, GetObject, HeadObject, DeleteObject. */
final class ObjectRequests {

  static final String ANY_TYPE = "binary/octet-stream";

  private static final long LARGEST = 5L << 30;
  private static final int LONGEST_TYPE = 255;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Headers of an answer that a signed query can put in the place of the object's own. */
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding",
          "response-content-language", "Content-Language",
          "response-expires", "Expires");

  private final Blobs blobs;
  private final ObjectStore store;
  private final Clock clock;

  ObjectRequests(Blobs blobs, ObjectStore store, Clock clock) {
    this.blobs = blobs;
    this.store = store;
    this.clock = clock;
  }

  S3Answer put(String key, S3Request request, String payload) throws S3Error, IOException {
    requireNoCondition(request);
    String type = contentType(request);
    IncomingBody body = IncomingBody.of(request, payload, LARGEST);
    try (Blobs.Draft draft = blobs.draft()) {
      IncomingBody.Taken taken = body.takeInto(draft, request.body());
      Instant now = clock.instant();
      store.put(
          draft,
          new BlobHeader(key, type, taken.md5(), body.checksum().orElse(""), taken.size(), now));
      return S3Answer.empty(200, etag(taken.md5()))
          .with(body.checksum().map(ObjectRequests::checksum).stream().toList());
    }
  }

  static void requireNoCondition(S3Request request) throws S3Error {
    for (String name : List.of("If-Match", "If-None-Match")) {
      if (request.header(name).isPresent()) {
        throw new S3Error(Reason.NOT_IMPLEMENTED).with("Header", name);
      }
    }
    if (request.header("Content-Encoding").filter(it -> it.contains("aws-chunked")).isPresent()) {
      throw new S3Error(Reason.NOT_IMPLEMENTED).with("Header", "Content-Encoding");
    }
  }

  static String contentType(S3Request request) throws S3Error {
    String type = request.header("Content-Type").orElse(ANY_TYPE);
    if (type.length() > LONGEST_TYPE) {
      throw new S3Error(Reason.INVALID_ARGUMENT).with("ArgumentName", "Content-Type");
    }
    return type;
  }

  static HeaderLine etag(String etag) {
    return new HeaderLine("ETag", "\"" + etag + "\"");
  }

  static HeaderLine checksum(String checksum) {
    return new HeaderLine(IncomingBody.CHECKSUM, checksum);
  }

  /**
   * An object, or a range of it. Whether it is sent is the method's matter.
   *
   * @param mayList whether whoever asks is told that there is no such object; others learn no more
   *     than that they may not have it
   */
  S3Answer get(String key, S3Request request, boolean mayList) throws S3Error, IOException {
    List<HeaderLine> overrides = overrides(request.query());
    Blobs.Blob blob =
        store
            .open(key)
            .orElseThrow(
                () ->
                    mayList
                        ? new S3Error(Reason.NO_SUCH_KEY).with("Key", key)
                        : new S3Error(Reason.ACCESS_DENIED));
    try {
      return got(blob, request, overrides);
    } catch (S3Error refused) {
      blob.close();
      throw refused;
    }
  }

  private static S3Answer got(Blobs.Blob blob, S3Request request, List<HeaderLine> overrides)
      throws S3Error, IOException {
    BlobHeader header = blob.header();
    Optional<String> wanted = request.header("If-Match");
    if (wanted.isPresent() && !names(wanted.get(), header.etag())) {
      throw new S3Error(Reason.PRECONDITION_FAILED).with("Condition", "If-Match");
    }
    List<HeaderLine> lines = new ArrayList<>();
    lines.add(etag(header.etag()));
    lines.add(new HeaderLine("Last-Modified", HTTP_DATE.format(header.created())));
    Optional<String> known = request.header("If-None-Match");
    if (known.isPresent() && names(known.get(), header.etag())) {
      blob.close();
      return new S3Answer(304, lines, S3Answer.Text.NONE);
    }
    lines.add(new HeaderLine("Accept-Ranges", "bytes"));
    lines.add(
        new HeaderLine(
            "Content-Type",
            request.query().get("response-content-type").orElse(header.contentType())));
    lines.addAll(overrides);
    Optional<String> asked = request.header("Range");
    Optional<ByteRange> range =
        asked.isPresent() ? ByteRange.of(asked.get(), header.size()) : Optional.empty();
    if (range.isPresent()) {
      ByteRange some = range.get();
      lines.add(new HeaderLine("Content-Range", some.contentRange(header.size())));
      return new S3Answer(206, lines, new S3Answer.Slice(blob, some.first(), some.length()));
    }
    if (request.header("x-amz-checksum-mode").isPresent() && !header.checksum().isEmpty()) {
      lines.add(checksum(header.checksum()));
    }
    return new S3Answer(200, lines, new S3Answer.Slice(blob, 0, header.size()));
  }

  private static boolean names(String etags, String etag) {
    return Stream.of(etags.split(","))
        .map(one -> one.strip().replaceFirst("^W/", "").replace("\"", ""))
        .anyMatch(one -> one.equals("*") || one.equals(etag));
  }

  private static List<HeaderLine> overrides(QueryParameters query) throws S3Error {
    List<HeaderLine> lines = new ArrayList<>();
    for (String name : query.names()) {
      String value = query.values().get(name);
      if (name.startsWith("response-") && value.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new S3Error(Reason.INVALID_ARGUMENT).with("ArgumentName", name);
      }
      if (OVERRIDES.containsKey(name)) {
        lines.add(new HeaderLine(OVERRIDES.get(name), value));
      }
    }
    return lines;
  }

  S3Answer delete(String key) throws IOException {
    store.delete(key);
    return S3Answer.empty(204);
  }
}
