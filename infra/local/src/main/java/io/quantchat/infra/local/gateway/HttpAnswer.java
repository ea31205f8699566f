package io.quantchat.infra.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer to a client over HTTP.
 *
 * @param headers in the order in which they are sent
 */
public record HttpAnswer(int status, List<HeaderLine> headers, byte[] body) {

  /** An answer without a body. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, List.of(), new byte[0]);
  }

  public static HttpAnswer json(int status, ObjectNode body) {
    return new HttpAnswer(
        status,
        List.of(new HeaderLine("Content-Type", "application/json")),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer of the gateway's own.
   *
   * @param errorType goes out as {@code x-amzn-ErrorType}, which is how SDKs tell errors apart
   */
  public static HttpAnswer error(int status, String errorType, String message) {
    return json(status, JsonNodeFactory.instance.objectNode().put("message", message))
        .led(List.of(errorLine(errorType)));
  }

  /** An answer of the gateway's own that has nothing to say besides its type. */
  public static HttpAnswer error(int status, String errorType) {
    return empty(status).led(List.of(errorLine(errorType)));
  }

  /** The header line that SDKs tell errors apart by. */
  public static HeaderLine errorLine(String errorType) {
    return new HeaderLine("x-amzn-ErrorType", errorType);
  }

  /** The same answer with the ids that all but the plainest carry. */
  public HttpAnswer identified(RequestIds ids) {
    return led(
        List.of(
            new HeaderLine("x-amzn-RequestId", ids.requestId()),
            new HeaderLine("x-amz-apigw-id", ids.extendedRequestId())));
  }

  private HttpAnswer led(List<HeaderLine> first) {
    return new HttpAnswer(status, Stream.concat(first.stream(), headers.stream()).toList(), body);
  }

  /** Sends it. */
  public void write(Response response, Callback callback) {
    response.setStatus(status);
    HttpFields.Mutable fields = response.getHeaders();
    headers.forEach(line -> fields.add(line.name(), line.value()));
    boolean bodyless = status == 204 || status == 304;
    if (!bodyless) {
      fields.put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    response.write(true, ByteBuffer.wrap(bodyless ? new byte[0] : body), callback);
  }
}
