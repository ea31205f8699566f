package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.S3Error.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.jetty.http.HttpFields;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The functions' own way to a bucket. It doesn't lead over the port, which may speak TLS with a
 * certificate for another name, or listen on another address; what is asked and answered is the
 * same, signatures included.
 */
final class InProcessObjects implements SdkHttpClient {

  private final S3 bucket;

  InProcessObjects(S3 bucket) {
    this.bucket = bucket;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        InputStream body =
            request
                .contentStreamProvider()
                .map(ContentStreamProvider::newStream)
                .orElseGet(InputStream::nullInputStream);
        try (body) {
          return answer(request.httpRequest(), body.readAllBytes());
        }
      }

      @Override
      public void abort() {
        // It takes no time.
      }
    };
  }

  private HttpExecuteResponse answer(SdkHttpRequest request, byte[] body) throws IOException {
    HttpFields.Mutable headers = HttpFields.build();
    request.forEachHeader((name, values) -> values.forEach(value -> headers.add(name, value)));
    if (!headers.contains("Content-Length")) {
      headers.add("Content-Length", body.length);
    }
    URI uri = request.getUri();
    S3Answer answer;
    try {
      answer =
          bucket.answer(
              new S3Request(
                  request.method().name(),
                  uri.getRawPath(),
                  QueryParameters.of(uri.getRawQuery()),
                  headers,
                  new ByteArrayInputStream(body)));
    } catch (S3Error refused) {
      answer = refused.answer(bucket.ids());
    } catch (IOException e) {
      answer = new S3Error(Reason.INTERNAL).answer(bucket.ids());
    }
    return response(request, answer);
  }

  private static HttpExecuteResponse response(SdkHttpRequest request, S3Answer answer)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (S3Answer.Content content = answer.content()) {
      if (!request.method().name().equals("HEAD")) {
        content.writeTo(out);
      }
      SdkHttpFullResponse.Builder response =
          SdkHttpFullResponse.builder()
              .statusCode(answer.status())
              .putHeader("Content-Length", Long.toString(content.length()));
      answer.headers().forEach(line -> response.appendHeader(line.name(), line.value()));
      return HttpExecuteResponse.builder()
          .response(response.build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(out.toByteArray())))
          .build();
    }
  }

  @Override
  public String clientName() {
    return "InProcess";
  }

  @Override
  public void close() {
    // The bucket is closed by whoever opened it.
  }
}
