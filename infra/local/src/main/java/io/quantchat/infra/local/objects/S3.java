package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.ObjectPolicy.Action;
import io.quantchat.infra.local.objects.S3Error.Reason;
import io.quantchat.infra.local.signing.CanonicalRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One bucket: checks who asks and whether they may, and has it done. What isn't known here is
 * refused by its name, as nothing that a request asks for is to be passed over.
 */
final class S3 {

  private static final int LONGEST_KEY = 1_024;

  private static final Set<String> PARAMETERS =
      Set.of(
          "uploads",
          "uploadId",
          "partNumber",
          "max-parts",
          "part-number-marker",
          "x-id",
          "X-Amz-Content-Sha256",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires");

  /** Headers of S3's own that are honoured, or that say nothing here. */
  private static final Set<String> HEADERS =
      Set.of(
          "x-amz-checksum-algorithm",
          "x-amz-checksum-mode",
          IncomingBody.CHECKSUM,
          "x-amz-checksum-type",
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-sdk-checksum-algorithm",
          // What the answer may be followed by, as TE is.
          "x-amz-te",
          "x-amz-user-agent");

  /** Headers of HTTP's own that S3 honours and this doesn't. */
  private static final Set<String> UNKNOWN_HEADERS =
      Set.of("content-md5", "if-modified-since", "if-unmodified-since");

  private final String bucket;
  private final RequestSignatures signatures;
  private final ObjectPolicy policy;
  private final ObjectRequests objects;
  private final UploadRequests uploads;
  private final RandomGenerator random;

  /**
   * @param bucket its name
   */
  S3(
      String bucket,
      RequestSignatures signatures,
      ObjectPolicy policy,
      ObjectRequests objects,
      UploadRequests uploads,
      RandomGenerator random) {
    this.bucket = bucket;
    this.signatures = signatures;
    this.policy = policy;
    this.objects = objects;
    this.uploads = uploads;
    this.random = random;
  }

  /** Whether a path is the bucket's, or leads into it. */
  boolean has(String path) {
    String root = "/" + bucket;
    return path.equals(root) || path.startsWith(root + "/");
  }

  AnswerIds ids() {
    return AnswerIds.draw(random);
  }

  /**
   * Does what is asked.
   *
   * @throws S3Error if it is refused; nothing is changed then
   * @throws IOException if it can't be done
   */
  S3Answer answer(S3Request request) throws S3Error, IOException {
    String key = key(request.path());
    String payload = signatures.check(request);
    if (key.isEmpty()) {
      throw new S3Error(policy.allowsList() ? Reason.NOT_IMPLEMENTED : Reason.ACCESS_DENIED);
    }
    try {
      return answer(request, key, payload);
    } catch (Blobs.NoRoomException full) {
      throw new S3Error(Reason.NO_ROOM);
    }
  }

  private S3Answer answer(S3Request request, String key, String payload)
      throws S3Error, IOException {
    QueryParameters query = request.query();
    Optional<String> uploadId = query.get("uploadId");
    return switch (request.method()) {
      case "GET" -> {
        require(uploadId.isPresent() ? Action.LIST_PARTS : Action.GET, request, key);
        yield uploadId.isPresent()
            ? uploads.list(key, uploadId.get(), query)
            : objects.get(key, request, policy.allowsList());
      }
      case "HEAD" -> {
        require(Action.GET, request, key);
        yield objects.get(key, request, policy.allowsList());
      }
      case "PUT" -> {
        require(Action.PUT, request, key);
        yield uploadId.isPresent()
            ? uploads.put(key, uploadId.get(), request, payload)
            : objects.put(key, request, payload);
      }
      case "POST" -> {
        require(Action.PUT, request, key);
        if (query.has("uploads")) {
          yield uploads.begin(key, request);
        }
        yield uploads.complete(
            key,
            uploadId.orElseThrow(() -> new S3Error(Reason.METHOD_NOT_ALLOWED)),
            request,
            payload);
      }
      case "DELETE" -> {
        require(uploadId.isPresent() ? Action.ABORT : Action.DELETE, request, key);
        yield uploadId.isPresent() ? uploads.abort(key, uploadId.get()) : objects.delete(key);
      }
      default -> throw new S3Error(Reason.METHOD_NOT_ALLOWED).with("Method", request.method());
    };
  }

  private void require(Action action, S3Request request, String key) throws S3Error {
    if (!policy.allows(action, key)) {
      throw new S3Error(Reason.ACCESS_DENIED);
    }
    for (String name : request.query().names()) {
      if (!PARAMETERS.contains(name) && !RequestSignatures.IN_QUERY.contains(name)) {
        throw new S3Error(Reason.NOT_IMPLEMENTED).with("Parameter", name);
      }
    }
    for (String name : request.headers().getFieldNamesCollection()) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean isUnknown = lower.startsWith("x-amz-") && !HEADERS.contains(lower);
      if (isUnknown || UNKNOWN_HEADERS.contains(lower)) {
        throw new S3Error(Reason.NOT_IMPLEMENTED).with("Header", name);
      }
    }
  }

  private String key(String path) throws S3Error {
    String encoded = path.substring(Math.min(path.length(), bucket.length() + 2));
    String key;
    try {
      key = CanonicalRequest.decode(encoded);
    } catch (IllegalArgumentException malformed) {
      throw new S3Error(Reason.INVALID_URI);
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new S3Error(Reason.KEY_TOO_LONG);
    }
    return key;
  }
}
