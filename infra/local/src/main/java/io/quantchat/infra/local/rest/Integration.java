package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.MalformedAnswer;
import io.quantchat.infra.local.gateway.ProxyAnswer;
import io.quantchat.infra.local.gateway.Quotas;
import io.quantchat.infra.local.gateway.RequestIds;
import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.local.lambda.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lambda proxy integrations: an event goes in, and what the function returns becomes the answer.
 */
final class Integration {

  private final Functions functions;
  private final GatewayResponses gatewayResponses;
  private final MediaTypes mediaTypes;
  private final Consumer<String> log;

  Integration(
      Functions functions,
      GatewayResponses gatewayResponses,
      MediaTypes mediaTypes,
      Consumer<String> log) {
    this.functions = functions;
    this.gatewayResponses = gatewayResponses;
    this.mediaTypes = mediaTypes;
    this.log = log;
  }

  /**
   * @param accept the request's {@code Accept}
   */
  HttpAnswer call(String functionId, ProxyEvent event, Optional<String> accept, Trace trace) {
    RequestIds ids = event.ids();
    return switch (functions.invoke(functionId, event.toBytes(), Quotas.INTEGRATION_TIMEOUT)) {
      case Invocation.Answered answered ->
          answer(functionId, answered.payload(), accept, trace, ids);
      case Invocation.EventTooLarge tooLarge ->
          gatewayResponses.answer(GatewayError.REQUEST_TOO_LONG, ids);
      case Invocation.IntegrationTimedOut timedOut ->
          gatewayResponses.answer(GatewayError.INTEGRATION_TIMEOUT, ids);
      case Invocation.Failed failed -> gatewayResponses.answer(GatewayError.FUNCTION_FAILED, ids);
      case Invocation.TimedOut timedOut ->
          gatewayResponses.answer(GatewayError.FUNCTION_FAILED, ids);
      case Invocation.AnswerTooLarge tooLarge ->
          gatewayResponses.answer(GatewayError.FUNCTION_FAILED, ids);
    };
  }

  private HttpAnswer answer(
      String functionId, byte[] payload, Optional<String> accept, Trace trace, RequestIds ids) {
    ProxyAnswer answer;
    List<HeaderLine> headers;
    try {
      answer = ProxyAnswer.read(payload);
      headers = new ArrayList<>(AnswerHeaders.of(answer));
    } catch (MalformedAnswer e) {
      log.accept(functionId + ": its answer can't be used: " + e.getMessage());
      return gatewayResponses.answer(GatewayError.FUNCTION_FAILED, ids);
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (answer.base64() && mediaTypes.decodesAnswer(accept)) {
      try {
        body = Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException e) {
        log.accept(functionId + ": its answer is marked as Base64 and isn't");
        return gatewayResponses.answer(GatewayError.UNDECODABLE_ANSWER, ids);
      }
    }
    headers.add(new HeaderLine(Trace.HEADER, trace.inAnswer()));
    if (headers.stream().noneMatch(line -> line.name().equalsIgnoreCase("Content-Type"))) {
      headers.add(new HeaderLine("Content-Type", "application/json"));
    }
    return new HttpAnswer(answer.status(), headers, body).identified(ids);
  }
}
