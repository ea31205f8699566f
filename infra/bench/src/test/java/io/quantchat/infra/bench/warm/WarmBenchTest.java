package io.quantchat.infra.bench.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.bench.Bench;
import io.quantchat.relay.EnvelopePaths;
import io.quantchat.relay.RelayMessageStore;
import io.quantchat.tokens.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what is measured does what it says. */
class WarmBenchTest {

  private final HotPaths paths = new HotPaths();

  @BeforeEach
  void prepare() throws IOException {
    paths.prepare();
  }

  @Test
  void theTokenThatIsCheckedIsGood() {
    Caller caller = paths.tokenCheck();

    assertThat(caller.userId()).hasSize(36);
  }

  @Test
  void theRequestThatIsReadIsASendWithFields() throws IOException {
    assertThat(paths.eventRead().route()).isEqualTo("POST /relay/send");
    assertThat(paths.bodyRead().mentions("encrypted_content")).isTrue();
  }

  @Test
  void thePageThatIsMappedHasTenMessages() {
    RelayMessageStore.Stretch stretch = paths.itemsToTenMessages();

    assertThat(stretch.messages()).hasSize(10);
    assertThat(paths.messageToItem()).isEmpty();
  }

  @Test
  void theSendThatIsMeasuredIsAccepted() throws IOException {
    String answer = paths.sendWithoutNetwork().toString(StandardCharsets.UTF_8);

    assertThat(answer).contains("\"statusCode\":201").contains("queued");
  }

  @Test
  void theFrameThatIsWrittenIsThePush() {
    String frame = new String(paths.frameWritten(), StandardCharsets.UTF_8);

    assertThat(frame).startsWith("{\"type\":\"new_message\"").contains("encrypted_content");
  }

  @Test
  void theEnvelopeComesBackFromItsBytes() {
    var envelopes = new EnvelopePaths();

    assertThat(envelopes.bytesToEnvelope().encryptedContent()).hasSize(1024);
    assertThat(envelopes.envelopeToBytes().length).isBetween(768 + 65 + 48 + 64, 1200);
  }

  @Test
  void aWholeSendIsMeasuredBesideItsDatabaseCalls() throws IOException {
    try (SendRatio ratio = new SendRatio()) {
      SendRatio.Medians medians = ratio.measure(Duration.ZERO, Duration.ofMillis(50));

      assertThat(medians.put()).isPositive();
      assertThat(medians.overCalls()).isPositive();
      assertThat(medians.sends()).isPositive();
    }
  }

  @Test
  void theMedianIsInMicroseconds() {
    assertThat(SendRatio.median(List.of(3_000L, 1_000L, 2_000L))).isEqualTo(2.0);
    assertThat(SendRatio.median(List.of(4_000L, 1_000L, 2_000L, 3_000L))).isEqualTo(2.5);
  }

  @Test
  void anUnknownOptionIsRefusedWithTheUsage() {
    var out = new ByteArrayOutputStream();

    int code =
        Bench.run(List.of("warm", "--what"), new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(code).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--what").contains("Usage");
  }
}
