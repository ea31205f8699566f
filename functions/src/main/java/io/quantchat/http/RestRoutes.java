package io.quantchat.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.leaving.LeavingStore;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import io.quantchat.tokens.RefusedTokenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * The routes of one function behind the REST API. Checks the access token before a route that needs
 * one, and turns whatever goes wrong into a problem: nothing that a route throws reaches the
 * gateway.
 */
public final class RestRoutes {

  /** A route that anyone may call. */
  @FunctionalInterface
  public interface Open {
    RestResponse answer(RestRequest request);
  }

  /** A route for who has logged in. */
  @FunctionalInterface
  public interface SignedIn {
    RestResponse answer(RestRequest request, Caller caller);
  }

  private final AccessTokenVerifier tokens;
  private final LeavingStore departures;
  private final String allowedOrigin;
  private final Metrics metrics;
  private final Edge edge;
  private final Map<String, Open> routes = new HashMap<>();

  /** No routes yet, for a function on this host. */
  public static RestRoutes of(Host host) {
    return new RestRoutes(
        AccessTokenVerifier.of(host),
        LeavingStore.of(host),
        host.get(Variable.ALLOWED_ORIGIN),
        Metrics.of(host),
        Edge.of(host.environment()));
  }

  /**
   * No routes yet.
   *
   * @param tokens checks access tokens
   * @param departures knows which accounts have left
   * @param allowedOrigin what {@code Access-Control-Allow-Origin} says
   * @param metrics counts the routes' failures
   * @param edge what says where requests come from
   */
  RestRoutes(
      AccessTokenVerifier tokens,
      LeavingStore departures,
      String allowedOrigin,
      Metrics metrics,
      Edge edge) {
    this.tokens = tokens;
    this.departures = departures;
    this.allowedOrigin = allowedOrigin;
    this.metrics = metrics;
    this.edge = edge;
  }

  /**
   * Adds a route that needs no token.
   *
   * @param route such as {@code POST /auth/login}
   */
  public RestRoutes open(String route, Open answer) {
    routes.put(route, answer);
    return this;
  }

  /**
   * Adds a route that needs an access token of an account that still is. Costs half a unit of
   * reading, and a round trip before the route's own.
   */
  public RestRoutes signedIn(String route, SignedIn answer) {
    return open(
        route,
        request -> {
          Caller caller = callerOf(request);
          requireNotLeft(caller);
          return answer.answer(request, caller);
        });
  }

  /**
   * The same for a route that changes nothing, or deletes what goes with the account anyway:
   * whether the account still is comes out meanwhile, and its answer goes to nobody else.
   */
  public RestRoutes reading(String route, SignedIn answer) {
    return open(
        route,
        request -> {
          Caller caller = callerOf(request);
          Future<Boolean> check = Parallel.start(() -> requireNotLeft(caller));
          try {
            return answer.answer(request, caller);
          } finally {
            Parallel.await(check);
          }
        });
  }

  /**
   * Adds a route that needs an access token, and that learns by its own reads whether the account
   * still is. What is wrong with a request is told to nobody whose account has left: only then, it
   * costs half a unit of reading to know.
   */
  public RestRoutes byToken(String route, SignedIn answer) {
    return open(
        route,
        request -> {
          Caller caller = callerOf(request);
          try {
            return answer.answer(request, caller);
          } catch (Problem refusal) {
            if (refusal.kind() != Problem.Kind.UNAUTHORIZED) {
              requireNotLeft(caller);
            }
            throw refusal;
          }
        });
  }

  private boolean requireNotLeft(Caller caller) {
    if (departures.leftAt(caller.userId(), Read.EVENTUAL).isPresent()) {
      throw Problem.of(Problem.Kind.UNAUTHORIZED, "This account is no more: register again.");
    }
    return true;
  }

  private Caller callerOf(RestRequest request) {
    try {
      return tokens.verify(request.bearerToken());
    } catch (RefusedTokenException refused) {
      throw Problem.of(Problem.Kind.UNAUTHORIZED, refused.getMessage());
    }
  }

  /** Answers one proxy event. */
  public void handle(InputStream in, OutputStream out, Context context) throws IOException {
    handle(Json.MAPPER.readTree(in), out, context);
  }

  /** Answers one proxy event that has been read already. */
  public void handle(JsonNode event, OutputStream out, Context context) throws IOException {
    write(answer(event, context), out);
  }

  private RestResponse answer(JsonNode event, Context context) {
    try {
      RestRequest request = RestRequest.of(event, edge);
      Open route = routes.get(request.route());
      if (route == null) {
        throw Problem.of(Problem.Kind.NOT_FOUND, "There is no such route.");
      }
      return route.answer(request);
    } catch (Problem problem) {
      return refusal(problem);
    } catch (RuntimeException failure) {
      return refusal(Problem.ofFailure(failure, context, metrics));
    }
  }

  private static RestResponse refusal(Problem problem) {
    return new RestResponse(problem.kind().status(), problem.toJson(), problem.headers());
  }

  private void write(RestResponse response, OutputStream out) throws IOException {
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", response.status());
      json.writeObjectFieldStart("headers");
      json.writeStringField("Access-Control-Allow-Origin", allowedOrigin);
      json.writeStringField("Cache-Control", "no-store");
      json.writeStringField("X-Content-Type-Options", "nosniff");
      for (Map.Entry<String, String> header : response.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      if (response.body().isPresent()) {
        json.writeStringField(
            "Content-Type", contentType(response.body().get(), response.status()));
      }
      json.writeEndObject();
      if (response.body().isPresent()) {
        json.writeStringField("body", text(response.body().get()));
      }
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }

  private static String contentType(RestResponse.Body body, int status) {
    return switch (body) {
      case RestResponse.Data _ -> status >= 400 ? "application/problem+json" : "application/json";
      case RestResponse.Page _ -> "text/html; charset=utf-8";
    };
  }

  private static String text(RestResponse.Body body) throws IOException {
    return switch (body) {
      case RestResponse.Data(JsonNode json) -> Json.MAPPER.writeValueAsString(json);
      case RestResponse.Page(String html) -> html;
    };
  }
}
