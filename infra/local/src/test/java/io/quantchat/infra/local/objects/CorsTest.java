package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.objects.BucketOnPort.Answer;
import io.quantchat.infra.stack.BucketSpec.CorsRule;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may ask, by the bucket's rules, and what browsers are told. */
class CorsTest {

  private BucketOnPort bucket;

  @BeforeEach
  void start() throws Exception {
    bucket = BucketOnPort.of(new MemoryBlobs(1 << 20));
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
  }

  @Test
  void pagesOfTheOriginMayAsk() throws Exception {
    Answer allowed =
        bucket
            .link("PUT", KEY)
            .as("OPTIONS")
            .send(
                "Origin",
                "https://chat.example",
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "content-type, X-Amz-Checksum-SHA256");
    Answer got = bucket.link("GET", KEY).send("Origin", "https://web.chat.example");

    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://chat.example");
    assertThat(allowed.header("access-control-allow-methods")).isEqualTo("GET, PUT");
    assertThat(allowed.header("access-control-allow-headers"))
        .isEqualTo("content-type, x-amz-checksum-sha256");
    assertThat(allowed.header("access-control-max-age")).isEqualTo("600");
    assertThat(allowed.header("vary")).contains("Origin");
    assertThat(got.status()).as("refusals can be read, too").isEqualTo(403);
    assertThat(got.header("access-control-allow-origin")).isEqualTo("https://web.chat.example");
    assertThat(got.header("access-control-expose-headers")).isEqualTo("ETag");
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, PUT, content-type",
    "https://chat.example.evil, PUT, content-type",
    "https://chat.example, DELETE, content-type",
    "https://chat.example, PUT, authorization"
  })
  void otherPagesMayNot(String origin, String method, String headers) throws Exception {
    Answer refused =
        bucket
            .link("GET", KEY)
            .as("OPTIONS")
            .send(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);

    assertThat(refused.refusal()).isEqualTo("403 AccessForbidden");
    assertThat(refused.header("access-control-allow-origin")).isNull();
    assertThat(bucket.link("GET", KEY).as("OPTIONS").send().refusal()).isEqualTo("400 BadRequest");
  }

  @Test
  void everyPageMayAskWhereTheRuleSaysSo() {
    var rule = new CorsRule(List.of("*"), List.of("GET"), List.of(), List.of(), Optional.empty());
    HttpFields asked = HttpFields.build().add("Origin", "https://any.example");

    assertThat(new Cors(List.of(rule)).headers("GET", asked))
        .contains(new HeaderLine("Access-Control-Allow-Origin", "*"))
        .noneMatch(line -> line.name().equals("Access-Control-Allow-Credentials"));
    assertThat(new Cors(List.of(rule)).headers("PUT", asked)).isEmpty();
    assertThat(new Cors(List.of(rule)).headers("GET", HttpFields.EMPTY)).isEmpty();
  }

  @Test
  void noPageMayAskWhereThereIsNoRule() {
    HttpFields asked = HttpFields.build().add("Origin", "https://any.example");

    assertThatThrownBy(() -> new Cors(List.of()).preflight(asked))
        .isInstanceOfSatisfying(
            S3Error.class, e -> assertThat(e.reason()).isEqualTo(S3Error.Reason.CORS_OFF));
  }
}
