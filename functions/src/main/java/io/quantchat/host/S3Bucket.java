package io.quantchat.host;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A bucket by S3's REST API (Amazon S3 API Reference), without S3's client: that would make the
 * package that every function loads half as large again.
 *
 * <p>What may pass is tried three times: no answer, a 5xx, a 409 or a 429, and the {@code 200} of a
 * completion that holds an error.
 */
final class S3Bucket implements Bucket {

  private static final int MOST_TRIES = 3;
  private static final byte[] NOTHING = {};

  private static final String BYTES = "application/octet-stream";

  private static final Map<String, String> SAVED =
      Map.of(
          "response-cache-control", "no-store",
          "response-content-disposition", "attachment",
          "response-content-type", BYTES);

  private final SignedRequests requests;
  private final URI endpoint;
  private final String links;
  private final Clock clock;
  private final Backoff backoff;

  /**
   * @param endpoint the bucket's address for the function itself
   * @param links the bucket's address for those who get links; without a host where it is on the
   *     same one as the API
   */
  S3Bucket(SignedRequests requests, URI endpoint, String links, Clock clock, Backoff backoff) {
    this.requests = requests;
    this.endpoint = endpoint;
    this.links = links;
    this.clock = clock;
    this.backoff = backoff;
  }

  @Override
  public Link put(Place place, long size, String sha256, String host, Duration goodFor) {
    Map<String, String> headers = Map.of("content-type", BYTES, "x-amz-checksum-sha256", sha256);
    SdkHttpRequest.Builder request = to(linked(host), SdkHttpMethod.PUT, place.key());
    place
        .uploadId()
        .ifPresent(
            id ->
                request
                    .putRawQueryParameter("partNumber", Integer.toString(place.number()))
                    .putRawQueryParameter("uploadId", id));
    headers.forEach(request::putHeader);
    request.putHeader("content-length", Long.toString(size));
    return link(requests.presign(request.build(), goodFor, clock), headers);
  }

  @Override
  public Link get(String key, String host, Duration goodFor) {
    SdkHttpRequest.Builder request = to(linked(host), SdkHttpMethod.GET, key);
    SAVED.forEach(request::putRawQueryParameter);
    return link(requests.presign(request.build(), goodFor, clock), Map.of());
  }

  private URI linked(String host) {
    return URI.create(isOnHostOfRequest() ? "http://" + host + links : links);
  }

  private Link link(Presigned presigned, Map<String, String> headers) {
    URI uri = presigned.uri();
    return new Link(
        isOnHostOfRequest() ? uri.getRawPath() + "?" + uri.getRawQuery() : uri.toString(),
        headers,
        presigned.end());
  }

  private boolean isOnHostOfRequest() {
    return links.startsWith("/");
  }

  @Override
  public String begin(String key) {
    SdkHttpRequest request =
        to(endpoint, SdkHttpMethod.POST, key)
            .putRawQueryParameter("uploads", "")
            .putHeader("content-type", BYTES)
            .putHeader("x-amz-checksum-algorithm", "SHA256")
            .build();
    return S3Xml.textOf("UploadId", accepted(send(request, NOTHING)).body())
        .orElseThrow(() -> new IllegalStateException("S3 began an upload without an id"));
  }

  @Override
  public Optional<List<Part>> parts(String key, String uploadId) {
    SignedRequests.Answer answer = send(ofUpload(SdkHttpMethod.GET, key, uploadId), NOTHING);
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(S3Xml.partsOf(accepted(answer).body()));
  }

  @Override
  public boolean complete(String key, String uploadId, List<Part> parts) {
    SdkHttpRequest request = ofUpload(SdkHttpMethod.POST, key, uploadId);
    byte[] body = S3Xml.completing(parts).getBytes(StandardCharsets.UTF_8);
    SignedRequests.Answer answer = send(request, body);
    return answer.status() != 404 && accepted(answer).status() < 300;
  }

  @Override
  public void abort(String key, String uploadId) {
    SignedRequests.Answer answer = send(ofUpload(SdkHttpMethod.DELETE, key, uploadId), NOTHING);
    if (answer.status() != 404) {
      accepted(answer);
    }
  }

  /** Whoever may not list a bucket is told 403 where there is no object (HeadObject). */
  @Override
  public boolean has(String key) {
    SignedRequests.Answer answer = send(to(endpoint, SdkHttpMethod.HEAD, key).build(), NOTHING);
    return answer.status() != 404 && answer.status() != 403 && accepted(answer).status() < 300;
  }

  @Override
  public void delete(String key) {
    accepted(send(to(endpoint, SdkHttpMethod.DELETE, key).build(), NOTHING));
  }

  private static SdkHttpRequest.Builder to(URI bucket, SdkHttpMethod method, String key) {
    return SdkHttpRequest.builder()
        .method(method)
        .uri(bucket)
        .encodedPath(bucket.getRawPath() + "/" + key);
  }

  private SdkHttpRequest ofUpload(SdkHttpMethod method, String key, String uploadId) {
    return to(endpoint, method, key).putRawQueryParameter("uploadId", uploadId).build();
  }

  private static SignedRequests.Answer accepted(SignedRequests.Answer answer) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(
          "S3 answered " + answer.status() + " " + S3Xml.errorOf(answer.body()).orElse(""));
    }
    return answer;
  }

  private SignedRequests.Answer send(SdkHttpRequest request, byte[] body) {
    for (int tries = 1; ; tries++) {
      String failure;
      try {
        SignedRequests.Answer answer = requests.sendToS3(request, body, clock);
        if (!isPassing(answer)) {
          return answer;
        }
        failure = "S3 answered " + answer.status() + " " + S3Xml.errorOf(answer.body()).orElse("");
      } catch (IOException unanswered) {
        failure = "S3 gave no answer: " + unanswered.getClass().getSimpleName();
      }
      if (tries >= MOST_TRIES || !backoff.waitsAfter(tries)) {
        throw SdkClientException.create(failure);
      }
    }
  }

  private static boolean isPassing(SignedRequests.Answer answer) {
    int status = answer.status();
    return status >= 500
        || status == 409
        || status == 429
        || (status == 200 && S3Xml.errorOf(answer.body()).isPresent());
  }
}
