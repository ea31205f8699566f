package io.quantchat.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system's own template. */
class SystemTemplateTest {
  private static final Template TEMPLATE =
      Template.read(Path.of(System.getProperty("quantchat.template")));

  private static final Stack STACK = resolve(Map.of("AccessTokenMinutes", "5"));

  @Test
  void aFunctionHasTheGlobalVariablesAndItsOwn() {
    FunctionSpec auth = STACK.functions().get("AuthFunction");

    assertThat(auth.handler()).isEqualTo("io.quantchat.auth.AuthHandler");
    assertThat(auth.memoryMegabytes()).isEqualTo(1769);
    assertThat(auth.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(auth.environment())
        .containsEntry("TOKEN_ISSUER", "quantchat")
        .containsEntry("TOKEN_KEYS_TABLE", "TokenKeysTable")
        .containsEntry("ACCOUNTS_TABLE", "AccountsTable")
        .containsEntry("ACCESS_TOKEN_MINUTES", "5")
        .containsEntry("REFRESH_TOKEN_DAYS", "30");
  }

  @Test
  void functionsPushToTheLocalSocketEndpoint() {
    assertThat(STACK.functions().get("RelayFunction").environment())
        .containsEntry("SOCKET_ENDPOINT", "ws://localhost:8080/live");
    assertThat(STACK.outputs())
        .containsEntry("SocketUrl", "ws://localhost:8080/live")
        .containsEntry("RestUrl", "http://localhost:8080/live");
  }

  @Test
  void outputsNameTheDomainsWhereThereAreAnyAndFunctionsStillPushToTheSocketEndpoint() {
    Stack named =
        resolve(
            Map.of(
                "RestDomainName", "api.chat.example.org",
                "SocketDomainName", "sockets.chat.example.org",
                "CertificateArn", "arn:aws:acm:us-east-1:000000000000:certificate/1",
                "HostedZoneId", "Z1"));

    assertThat(named.outputs())
        .containsEntry("RestUrl", "https://api.chat.example.org")
        .containsEntry("SocketUrl", "wss://sockets.chat.example.org");
    assertThat(named.functions().get("RelayFunction").environment())
        .containsEntry("SOCKET_ENDPOINT", "ws://localhost:8080/live");
  }

  /** Each switch adds or removes what means nothing here, and what is served stays the same. */
  @ParameterizedTest
  @CsvSource({
    "Alarms, false",
    "AlarmEmail, operator@example.org",
    "Tracing, Active",
    "Tracing, Allowed",
    "SnapStart, None",
    "SetGatewayLogRole, true",
    "FirewallRequestsPer5Minutes, 1000",
    "DeploymentType, AllAtOnce",
    "DeletionProtection, false"
  })
  void aSwitchOfOperationsChangesNothingThatIsServed(String parameter, String value) {
    Stack switched = resolve(Map.of(parameter, value, "AccessTokenMinutes", "5"));

    assertThat(switched.functions()).isEqualTo(STACK.functions());
    assertThat(switched.rest()).isEqualTo(STACK.rest());
    assertThat(switched.socket()).isEqualTo(STACK.socket());
    assertThat(switched.tables()).isEqualTo(STACK.tables());
  }

  @Test
  void withoutAlarmsNoOutputNamesWhatIsNotThere() {
    assertThat(STACK.outputs()).containsKeys("AlarmTopic", "DashboardUrl");
    assertThat(resolve(Map.of("Alarms", "false", "WebClient", "false")).outputs())
        .containsOnlyKeys("RestUrl", "SocketUrl", "AuthFunctionName");
  }

  @Test
  void withoutTheBrowserClientNoDistributionIsBelieved() {
    Stack without = resolve(Map.of("WebClient", "false"));

    assertThat(without.functions().get("AuthFunction").environment())
        .containsEntry("EDGE_PROOF", "");
    assertThat(without.functions().get("RelayFunction").environment())
        .doesNotContainKey("EDGE_PROOF");
  }

  @Test
  void theCheckBeforeTrafficIsGivenTheVersionOfEveryOtherFunction() {
    assertThat(STACK.functions().get("PreTrafficCheckFunction").environment())
        .containsEntry(
            "AUTH_VERSION",
            "arn:aws:lambda:us-east-1:000000000000:function:quantchat-AuthFunction:1")
        .containsKeys(
            "CONTACTS_VERSION",
            "RELAY_VERSION",
            "SOCKET_AUTHORIZER_VERSION",
            "CONNECTIONS_VERSION",
            "KEYS_VERSION",
            "MEDIA_VERSION");
  }

  @Test
  void restRoutesLeadToTheFunctionsThatDeclareThem() {
    assertThat(STACK.rest().routes())
        .contains(
            new RestApiSpec.Route("POST", "/relay/send", "RelayFunction"),
            new RestApiSpec.Route("PUT", "/contacts/{contact_id}/block", "ContactsFunction"));
    assertThat(STACK.rest().stage()).isEqualTo("live");
  }

  @Test
  void corsAndGatewayResponsesLoseTheirQuotes() {
    assertThat(STACK.rest().cors().orElseThrow().allowOrigin()).isEqualTo("*");
    assertThat(STACK.rest().cors().orElseThrow().maxAge()).contains("86400");
    assertThat(STACK.rest().gatewayResponses().get("DEFAULT_4XX").headers())
        .containsEntry("Content-Type", "application/problem+json");
  }

  @Test
  void socketRoutesWrittenOutShareTheIntegrationThatTheirTargetNames() {
    assertThat(STACK.socket().routes())
        .containsOnlyKeys(
            "$connect",
            "$disconnect",
            "$default",
            "send",
            "typing",
            "acknowledge",
            "ping",
            "read_confirmation",
            "delivery_confirmation");
    assertThat(STACK.socket().routes().get("read_confirmation"))
        .isEqualTo(
            new SocketApiSpec.Route(
                "read_confirmation", "ConnectionsFunction", Duration.ofSeconds(29), false));
  }

  @Test
  void aSocketRouteIsTwoWayWhereItHasARouteResponse() {
    assertThat(STACK.socket().routes().values())
        .filteredOn(SocketApiSpec.Route::twoWay)
        .extracting(SocketApiSpec.Route::key)
        .containsExactlyInAnyOrder("send", "acknowledge", "ping", "$default");
  }

  @Test
  void theAuthorizerIsFoundByItsAlias() {
    assertThat(STACK.socket().authorizer())
        .contains(new SocketApiSpec.Authorizer("SocketAuthorizerFunction", List.of()));
    assertThat(STACK.socket().routeSelectionExpression()).isEqualTo("$request.body.type");
  }

  @Test
  void tablesHaveTheirKeysAndTimeToLive() {
    assertThat(STACK.tables()).containsKeys("AccountsTable", "LeavingTable");
    assertThat(STACK.tables().get("RelayMessagesTable"))
        .isEqualTo(
            new TableSpec(
                "RelayMessagesTable",
                "RelayMessagesTable",
                new TableSpec.Key("recipient_id", "S"),
                Optional.of(new TableSpec.Key("message_id", "S")),
                Optional.of("expires_at")));
    assertThat(STACK.tables().get("AccountsTable").timeToLive()).isEmpty();
  }

  private static Stack resolve(Map<String, String> parameters) {
    return TEMPLATE.resolve(
        new Deployment(
            "us-east-1",
            "000000000000",
            "quantchat",
            parameters,
            "ws://localhost:8080",
            "http://localhost:8080"));
  }
}
