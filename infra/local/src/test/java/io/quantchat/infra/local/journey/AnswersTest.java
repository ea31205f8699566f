package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each route gives each answer that the contract says it does, and no other. */
@ExtendWith(RunningRelay.class)
class AnswersTest {
  private static Api api;

  @BeforeAll
  static void start(Api running) {
    api = running;
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerOfTheContractIsGivenAsItStandsThere() throws Exception {
    return EveryAnswer.of(api, true);
  }

  @Test
  void theGatewayAnswersForRoutesThatAreNotThere() throws Exception {
    for (String path : new String[] {"/relay", "/relay/send/more", "/users/you", "/"}) {
      HttpResponse<String> answer = api.exchange("GET", path, Optional.empty(), Optional.empty());

      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      api.contract()
          .gatewayAnswer(
              403, answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }
  }
}
