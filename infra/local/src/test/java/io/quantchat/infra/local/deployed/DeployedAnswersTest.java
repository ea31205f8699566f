package io.quantchat.infra.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.journey.Api;
import io.quantchat.infra.local.journey.EveryAnswer;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged functions answer behind another's gateway and AWS's own runtime client as here. */
@Tag("localstack")
@ExtendWith(OnLocalStack.class)
class DeployedAnswersTest {
  private static Api api;

  @BeforeAll
  static void start(Api deployed) {
    api = deployed;
  }

  /** LocalStack takes its time: all that can be wrong is asked with {@code -Danswers=all}. */
  @TestFactory
  Stream<DynamicTest> everyAnswerOfTheContractIsGivenAsItStandsThere() throws Exception {
    return "all".equals(System.getProperty("quantchat.answers"))
        ? EveryAnswer.of(api, false)
        : EveryAnswer.fewOf(api, false);
  }

  /** LocalStack has the status, but not the template's words for it. */
  @Test
  void routesThatAreNotThereAreForbidden() throws Exception {
    for (String path : new String[] {"/relay", "/relay/send/more", "/users/you"}) {
      HttpResponse<String> answer = api.exchange("GET", path, Optional.empty(), Optional.empty());

      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void browsersMayCallFromAnywhereWithATokenInAHeader() throws Exception {
    HttpResponse<String> answer = api.preflight("POST", "/relay/send");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("Authorization,Content-Type");
  }
}
