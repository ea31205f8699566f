package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer of the gateway's own over HTTP.
 *
 * @param status the status
 * @param errorType goes out as {@code x-amzn-ErrorType}, which is how SDKs tell errors apart
 * @param json the body; without one the answer is empty
 */
record HttpAnswer(int status, Optional<String> errorType, Optional<String> json) {

  private static final String ERROR_TYPE = "x-amzn-ErrorType";

  static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Optional.empty(), Optional.empty());
  }

  static HttpAnswer json(int status, ObjectNode body) {
    return new HttpAnswer(status, Optional.empty(), Optional.of(body.toString()));
  }

  static HttpAnswer error(int status, String errorType, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
    return new HttpAnswer(status, Optional.of(errorType), Optional.of(body.toString()));
  }

  void write(Response response, Callback callback) {
    response.setStatus(status);
    errorType.ifPresent(type -> response.getHeaders().put(ERROR_TYPE, type));
    if (json.isEmpty()) {
      if (status != 204) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0L);
      }
      response.write(true, null, callback);
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, json.get(), callback);
  }
}
