package io.quantchat.infra.local.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.local.lambda.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Functions that answer what a test tells them to, and keep the last event. */
final class RecordingFunctions implements Functions {

  private volatile Invocation next = answering("{}");
  private volatile byte[] event;
  private volatile String functionId;
  private volatile Duration timeout;

  @Override
  public Invocation invoke(String functionId, byte[] event, Duration integrationTimeout) {
    this.functionId = functionId;
    this.event = event;
    this.timeout = integrationTimeout;
    return next;
  }

  void answer(String payload) {
    next = answering(payload);
  }

  void end(Invocation invocation) {
    next = invocation;
  }

  boolean wereInvoked() {
    return event != null;
  }

  JsonNode event() {
    try {
      return Json.MAPPER.readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String functionId() {
    return functionId;
  }

  Duration timeout() {
    return timeout;
  }

  private static Invocation answering(String payload) {
    return new Invocation.Answered(payload.getBytes(StandardCharsets.UTF_8));
  }
}
