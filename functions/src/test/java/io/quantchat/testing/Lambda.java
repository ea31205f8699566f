package io.quantchat.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Calls functions as Lambda does, and keeps what they log. */
public final class Lambda {

  /** The id of every request. */
  public static final String REQUEST_ID = "request-1";

  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Supplier<Duration> timeLeft;

  /** Gives functions all the time that Lambda can. */
  public Lambda() {
    this(() -> Duration.ofMinutes(15));
  }

  /** Gives functions so much time. */
  public Lambda(Supplier<Duration> timeLeft) {
    this.timeLeft = timeLeft;
  }

  /** All that the functions logged. */
  public String log() {
    return String.join("\n", log);
  }

  /** The answer of a function behind the REST API. */
  public Answer call(RequestStreamHandler function, JsonNode event) {
    byte[] out = invoke(function, event);
    JsonNode answer = json(out);
    JsonNode body = answer.path("body");
    return new Answer(
        answer.path("statusCode").asInt(),
        answer.path("headers"),
        isPage(answer) ? body : json(body),
        out.length);
  }

  private static boolean isPage(JsonNode answer) {
    return answer.at("/headers/Content-Type").asText().startsWith("text/html");
  }

  private static JsonNode json(JsonNode body) {
    return body.isMissingNode() ? body : json(body.asText().getBytes(StandardCharsets.UTF_8));
  }

  /** All that a function writes in answer to an event. */
  public JsonNode answer(RequestStreamHandler function, JsonNode event) {
    return json(invoke(function, event));
  }

  private byte[] invoke(RequestStreamHandler function, JsonNode event) {
    var in = new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8));
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(in, out, context());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return out.toByteArray();
  }

  /** As much of a context as functions ask for. */
  private Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> REQUEST_ID;
                  case "getLogger" -> logger();
                  case "getRemainingTimeInMillis" -> (int) timeLeft.get().toMillis();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private LambdaLogger logger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        log.add(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }

  private static JsonNode json(byte[] text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
