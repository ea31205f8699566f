package io.quantchat.infra.local.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternetMessageTest {

  private static final Instant DATE = Instant.parse("2026-03-01T09:05:07Z");

  private static InternetMessage message(String from, String to, String subject, String text) {
    return new InternetMessage(from, to, subject, text, DATE, "one");
  }

  @Test
  void headersComeBeforeAnEmptyLineAndEachLineEndsInCrAndLf() {
    String text =
        message("relay@example.org", "ann@example.com", "Hello", "First.\n\nSecond.\r\n").text();

    assertThat(text)
        .isEqualTo(
            String.join(
                "\r\n",
                "From: relay@example.org",
                "To: ann@example.com",
                "Subject: Hello",
                "Date: Sun, 1 Mar 2026 09:05:07 +0000",
                "Message-ID: <one@example.org>",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                "First.",
                "",
                "Second.",
                ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r\nBcc: eve@example.net", "\nBcc: eve@example.net", "\r", "\0", "\u0085"})
  void whatAHeaderIsGivenBeginsNoOther(String injected) {
    String from = "relay@example.org";
    String to = "ann@example.com";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(from, to + injected, "Hello", "").text())
        .withMessage("A control character in the header To");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(from, to, "Hello" + injected, "").text())
        .withMessage("A control character in the header Subject");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(from + injected, to, "Hello", "").text())
        .withMessage("A control character in the header From");
  }
}
