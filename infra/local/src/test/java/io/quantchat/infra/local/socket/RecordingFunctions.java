package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.Patience;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.local.lambda.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Functions that keep their events and answer as a test tells them to. */
final class RecordingFunctions implements Functions {

  static final String ALLOW =
      """
      {"principalId": "u-17", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}]},
       "context": {"deviceId": "d-4", "level": 7, "admin": true}}\
      """;

  /** One invocation. */
  record Call(String functionId, JsonNode event, Duration timeout) {}

  private final Map<String, BlockingQueue<Call>> calls = new ConcurrentHashMap<>();
  private final Map<String, Function<JsonNode, Invocation>> answers = new ConcurrentHashMap<>();

  RecordingFunctions() {
    answer("authorizer", ALLOW);
  }

  @Override
  public Invocation invoke(String functionId, byte[] event, Duration integrationTimeout) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    queue(functionId).add(new Call(functionId, json, integrationTimeout));
    return answers.getOrDefault(functionId, _ -> answered("{\"statusCode\": 200}")).apply(json);
  }

  void answer(String functionId, String json) {
    answer(functionId, _ -> answered(json));
  }

  void answer(String functionId, Invocation invocation) {
    answer(functionId, _ -> invocation);
  }

  void answer(String functionId, Function<JsonNode, Invocation> behaviour) {
    answers.put(functionId, behaviour);
  }

  /** Answers only once it is told to, or stopped. */
  void answerAfter(String functionId, CountDownLatch told, String json) {
    answer(
        functionId,
        _ -> {
          try {
            told.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Invocation.Failed("The function was stopped", "Interrupted");
          }
          return answered(json);
        });
  }

  static Invocation answered(String json) {
    return new Invocation.Answered(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The next invocation of the function, in the order they came. */
  Call next(String functionId) throws InterruptedException {
    Call call = queue(functionId).poll(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError(functionId + " was not invoked");
    }
    return call;
  }

  JsonNode event(String functionId) throws InterruptedException {
    return next(functionId).event();
  }

  int pending(String functionId) {
    return queue(functionId).size();
  }

  private BlockingQueue<Call> queue(String functionId) {
    return calls.computeIfAbsent(functionId, _ -> new LinkedBlockingQueue<>());
  }
}
