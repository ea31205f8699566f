package io.quantchat.infra.local.rest;

import static io.quantchat.infra.local.rest.GatewayUnderTest.api;
import static io.quantchat.infra.local.rest.GatewayUnderTest.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.stack.RestApiSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

  private final Resources resources =
      new Resources(
          api(
              route("GET", "/"),
              route("GET", "/users/me"),
              route("DELETE", "/users/{user_id}"),
              route("GET", "/users/{user_id}/keys"),
              route("GET", "/files"),
              route("POST", "/files/new"),
              route("ANY", "/files/{proxy+}"),
              route("PUT", "/files/{proxy+}")));

  @ParameterizedTest
  @CsvSource({
    "GET, /, GET /",
    "GET, /users/me, GET /users/me",
    "GET, /users/me/, GET /users/me",
    "DELETE, /users/me, DELETE /users/{user_id}",
    "DELETE, /users/7, DELETE /users/{user_id}",
    "GET, /users/me/keys, GET /users/{user_id}/keys",
    "POST, /files/new, POST /files/new",
    "GET, /files/new, ANY /files/{proxy+}",
    "POST, /files/new/x, ANY /files/{proxy+}",
    "HEAD, /files/x, ANY /files/{proxy+}",
    "PUT, /files/x, PUT /files/{proxy+}",
    "GET, /files/, GET /files",
  })
  void theMostSpecificRouteWithTheMethodAnswers(String method, String path, String functionId) {
    assertThat(resources.match(method, path))
        .map(Resources.Match::target)
        .get()
        .isInstanceOfSatisfying(
            Target.ToFunction.class,
            target -> assertThat(target.functionId()).isEqualTo(functionId));
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /users/me",
    "OPTIONS, /users/me",
    "POST, /users/me",
    "get, /users/me",
    "GET, /users",
    "GET, /users//keys",
    "GET, /users/me//",
    "GET, /users/me/keys/more",
    "GET, /%75sers/me",
    "GET, /Users/me",
    "TRACE, /files/x",
    "GET, /nowhere",
  })
  void everythingElseHasNoRoute(String method, String path) {
    assertThat(resources.match(method, path)).isEmpty();
  }

  @Test
  void aGreedyVariableTakesTheRestOfThePath() {
    assertThat(resources.match("GET", "/files/a/b%2Fc/d"))
        .map(Resources.Match::parameters)
        .contains(Map.of("proxy", "a/b%2Fc/d"));
  }

  @Test
  void aVariableTakesOnePartAsItWasSent() {
    assertThat(resources.match("GET", "/users/a%2Fb/keys"))
        .map(Resources.Match::parameters)
        .contains(Map.of("user_id", "a%2Fb"));
  }

  @Test
  void aRouteDeclaredTwiceIsRefusedByName() {
    RestApiSpec api = api(route("GET", "/notes"), route("GET", "/notes"));

    assertThatThrownBy(() -> new Resources(api))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RestApi")
        .hasMessageContaining("GET /notes");
  }

  @Test
  void twoNamesForOneVariableAreRefused() {
    RestApiSpec api = api(route("GET", "/notes/{id}"), route("PUT", "/notes/{note_id}"));

    assertThatThrownBy(() -> new Resources(api))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{id} and {note_id}");
  }
}
