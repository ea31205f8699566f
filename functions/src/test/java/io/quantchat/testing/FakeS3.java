package io.quantchat.testing;

import io.quantchat.host.AwsClients;
import io.quantchat.host.Backoff;
import io.quantchat.host.Bucket;
import io.quantchat.host.Environment;
import io.quantchat.host.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * One bucket of S3 as functions and those who have links see it (Amazon S3 API Reference): every
 * signature, time, length and checksum is checked. Whoever asks may not list it, so what isn't
 * there is forbidden to look at.
 */
public final class FakeS3 implements SdkHttpClient {

  /** Its address. */
  static final String URL = "https://media.s3.eu-west-1.amazonaws.com";

  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Duration SKEW = Duration.ofMinutes(15);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=(\\w+)");

  private static final Pattern COMPLETED =
      Pattern.compile(
          "<Part><ChecksumSHA256>([^<]*)</ChecksumSHA256><ETag>&quot;(\\w+)&quot;</ETag>"
              + "<PartNumber>(\\d+)</PartNumber></Part>");

  private final Clock clock;
  private final AtomicInteger uploadIds = new AtomicInteger();
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();

  private record Upload(String key, Map<Integer, byte[]> parts) {}

  /** An answer of S3. */
  public record Reply(int status, String body) {}

  /** Something that goes wrong instead of one request. */
  @FunctionalInterface
  public interface Fault {
    Reply happen() throws IOException;
  }

  private record Request(
      String method, URI uri, Map<String, String> headers, byte[] body, Map<String, String> query) {
    String key() {
      return uri.getRawPath().substring(1);
    }
  }

  /** An empty bucket. */
  public FakeS3(Clock clock) {
    this.clock = clock;
  }

  /** The bucket as functions know it that have these variables. */
  public Bucket bucket(Environment environment) {
    return AwsClients.bucket(
        environment,
        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)),
        this,
        clock,
        new Backoff(wait -> {}, new SplittableRandom(1)));
  }

  /** An object's bytes. */
  public Optional<byte[]> object(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** How many uploads in parts there are that are neither completed nor aborted. */
  public int uploads() {
    return uploads.size();
  }

  /** Gives every upload up, as the bucket does after a day. */
  public void giveUploadsUp() {
    uploads.clear();
  }

  /** What functions asked for, such as {@code ListParts}, since this was last asked. */
  public List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** Lets this go wrong the next time that a function asks for an operation. */
  public void then(String operation, Fault fault) {
    faults.computeIfAbsent(operation, none -> new ConcurrentLinkedQueue<>()).add(fault);
  }

  /** Whether all that was to go wrong did. */
  public boolean isOver() {
    return faults.values().stream().allMatch(Queue::isEmpty);
  }

  /** A request of somebody who has a link. */
  public Reply follow(String method, String url, Map<String, String> headers, byte[] body) {
    URI uri = URI.create(url);
    var sent = new HashMap<>(headers);
    sent.put("host", uri.getRawAuthority());
    if (!method.equals("GET")) {
      sent.putIfAbsent("content-length", Integer.toString(body.length));
    }
    var request = new Request(method, uri, sent, body, SigV4.query(uri));
    return checkedLink(request).orElseGet(() -> answer(request));
  }

  private Optional<Reply> checkedLink(Request request) {
    Map<String, String> query = request.query();
    String time = query.getOrDefault("X-Amz-Date", "");
    if (time.isEmpty()) {
      return Optional.of(error(403, "AccessDenied"));
    }
    Instant end =
        TIME.parse(time, Instant::from).plusSeconds(Long.parseLong(query.get("X-Amz-Expires")));
    if (!clock.instant().isBefore(end)) {
      return Optional.of(error(403, "AccessDenied"));
    }
    List<String> signed = List.of(query.get("X-Amz-SignedHeaders").split(";", -1));
    String scope = query.get("X-Amz-Credential").replaceFirst("^[^/]+/", "");
    if (!request.headers().keySet().containsAll(signed)) {
      return Optional.of(error(403, "SignatureDoesNotMatch"));
    }
    var signature =
        new SigV4(
            request.method(), request.uri(), request.headers(), signed, UNSIGNED, scope, time);
    if (!signature.signature(SECRET).equals(query.get(SigV4.SIGNATURE))) {
      return Optional.of(error(403, "SignatureDoesNotMatch"));
    }
    return checkedBody(request);
  }

  private static Optional<Reply> checkedBody(Request request) {
    String length = request.headers().get("content-length");
    if (length != null && Long.parseLong(length) != request.body().length) {
      return Optional.of(error(400, "IncompleteBody"));
    }
    String checksum = request.headers().get("x-amz-checksum-sha256");
    return checksum == null || checksum.equals(sha256(request.body()))
        ? Optional.empty()
        : Optional.of(error(400, "BadDigest"));
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest execute) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        Request request = read(execute);
        String operation = operation(request);
        asked.add(operation);
        Queue<Fault> script = faults.getOrDefault(operation, new ArrayDeque<>());
        Fault fault = script.poll();
        return response(fault == null ? checked(request) : fault.happen());
      }

      @Override
      public void abort() {}
    };
  }

  private static Request read(HttpExecuteRequest execute) throws IOException {
    SdkHttpRequest http = execute.httpRequest();
    var headers = new TreeMap<String, String>();
    http.forEachHeader(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = {};
    if (execute.contentStreamProvider().isPresent()) {
      try (InputStream in = execute.contentStreamProvider().get().newStream()) {
        body = in.readAllBytes();
      }
    }
    return new Request(
        http.method().name(), http.getUri(), headers, body, SigV4.query(http.getUri()));
  }

  private Reply checked(Request request) {
    MatchResult match =
        AUTHORIZATION
            .matcher(request.headers().getOrDefault("authorization", ""))
            .results()
            .findFirst()
            .orElseThrow(() -> new AssertionError("no signature"));
    String time = request.headers().get("x-amz-date");
    String hash = request.headers().get("x-amz-content-sha256");
    Instant signedAt = TIME.parse(time, Instant::from);
    if (Duration.between(signedAt, clock.instant()).abs().compareTo(SKEW) > 0) {
      return error(403, "RequestTimeTooSkewed");
    }
    var signature =
        new SigV4(
            request.method(),
            request.uri(),
            request.headers(),
            List.of(match.group(3).split(";", -1)),
            hash,
            match.group(2),
            time);
    if (!match.group(1).equals(KEY_ID)
        || !signature.signature(SECRET).equals(match.group(4))
        || !hash.equals(SigV4.hex(Sha256.of(request.body())))) {
      return error(403, "SignatureDoesNotMatch");
    }
    return answer(request);
  }

  private static String operation(Request request) {
    boolean ofUpload = request.query().containsKey("uploadId");
    return switch (request.method()) {
      case "POST" -> ofUpload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
      case "GET" -> ofUpload ? "ListParts" : "GetObject";
      case "PUT" -> ofUpload ? "UploadPart" : "PutObject";
      case "DELETE" -> ofUpload ? "AbortMultipartUpload" : "DeleteObject";
      case "HEAD" -> "HeadObject";
      default -> throw new AssertionError(request.method());
    };
  }

  private Reply answer(Request request) {
    return switch (operation(request)) {
      case "CreateMultipartUpload" -> create(request);
      case "UploadPart" -> uploadPart(request);
      case "ListParts" -> list(request);
      case "CompleteMultipartUpload" -> complete(request);
      case "AbortMultipartUpload" ->
          uploads.remove(request.query().get("uploadId")) == null
              ? error(404, "NoSuchUpload")
              : new Reply(204, "");
      case "PutObject" -> {
        objects.put(request.key(), request.body());
        yield new Reply(200, "");
      }
      case "DeleteObject" -> {
        objects.remove(request.key());
        yield new Reply(204, "");
      }
      case "HeadObject" -> new Reply(objects.containsKey(request.key()) ? 200 : 403, "");
      default ->
          object(request.key())
              .map(bytes -> new Reply(200, new String(bytes, StandardCharsets.ISO_8859_1)))
              .orElseGet(() -> error(403, "AccessDenied"));
    };
  }

  private Reply create(Request request) {
    if (!request.query().containsKey("uploads")
        || !"SHA256".equals(request.headers().get("x-amz-checksum-algorithm"))) {
      return error(400, "InvalidRequest");
    }
    // Characters that a query has to encode.
    String id = "upload+" + uploadIds.incrementAndGet() + "/=";
    uploads.put(id, new Upload(request.key(), new ConcurrentSkipListMap<>()));
    return new Reply(
        200,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<InitiateMultipartUploadResult"
            + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Bucket>b</Bucket><Key>"
            + request.key()
            + "</Key><UploadId>"
            + id
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private Optional<Upload> upload(Request request) {
    return Optional.ofNullable(uploads.get(request.query().get("uploadId")))
        .filter(upload -> upload.key().equals(request.key()));
  }

  private Reply uploadPart(Request request) {
    Optional<Upload> upload = upload(request);
    upload.ifPresent(
        one -> one.parts().put(Integer.valueOf(request.query().get("partNumber")), request.body()));
    return upload.isPresent() ? new Reply(200, "") : error(404, "NoSuchUpload");
  }

  private Reply list(Request request) {
    Optional<Upload> upload = upload(request);
    if (upload.isEmpty()) {
      return error(404, "NoSuchUpload");
    }
    var xml = new StringBuilder("<?xml version=\"1.0\"?>\n<ListPartsResult>");
    xml.append("<Initiator><ID>arn</ID></Initiator><StorageClass>STANDARD</StorageClass>");
    upload
        .get()
        .parts()
        .forEach(
            (number, bytes) ->
                xml.append("<Part><PartNumber>%d</PartNumber>".formatted(number))
                    .append("<LastModified>2026-02-02T10:00:00.000Z</LastModified>")
                    .append("<ETag>&quot;%s&quot;</ETag>".formatted(etag(bytes)))
                    .append("<Size>%d</Size>".formatted(bytes.length))
                    .append("<ChecksumSHA256>%s</ChecksumSHA256></Part>".formatted(sha256(bytes))));
    return new Reply(200, xml.append("</ListPartsResult>").toString());
  }

  private Reply complete(Request request) {
    String id = request.query().get("uploadId");
    Optional<Upload> upload = upload(request);
    if (upload.isEmpty()) {
      return error(404, "NoSuchUpload");
    }
    var whole = new ByteArrayOutputStream();
    String body = new String(request.body(), StandardCharsets.UTF_8);
    for (MatchResult part : COMPLETED.matcher(body).results().toList()) {
      byte[] bytes = upload.get().parts().get(Integer.valueOf(part.group(3)));
      if (bytes == null
          || !part.group(1).equals(sha256(bytes))
          || !part.group(2).equals(etag(bytes))) {
        return error(400, "InvalidPart");
      }
      whole.writeBytes(bytes);
    }
    if (whole.size() == 0) {
      return error(400, "MalformedXML");
    }
    objects.put(request.key(), whole.toByteArray());
    uploads.remove(id);
    return new Reply(
        200,
        "\n<CompleteMultipartUploadResult><ETag>&quot;a-1&quot;</ETag>"
            + "</CompleteMultipartUploadResult>");
  }

  /** An error as S3 writes it. */
  public static Reply error(int status, String code) {
    return new Reply(
        status,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>no</Message></Error>");
  }

  private static String etag(byte[] bytes) {
    return SigV4.hex(Arrays.copyOf(Sha256.of(bytes), 16));
  }

  private static String sha256(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Sha256.of(bytes));
  }

  private static HttpExecuteResponse response(Reply reply) {
    var body = new ByteArrayInputStream(reply.body().strip().getBytes(StandardCharsets.UTF_8));
    return HttpExecuteResponse.builder()
        .response(SdkHttpFullResponse.builder().statusCode(reply.status()).build())
        .responseBody(AbortableInputStream.create(body))
        .build();
  }

  @Override
  public void close() {}
}
