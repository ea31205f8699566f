package io.quantchat.infra.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

  @Test
  void bothApisStandBelowIt() {
    PublicUrl url = PublicUrl.parse("HTTPS://chat.example.org/");

    assertThat(url.http("/api/v1")).hasToString("https://chat.example.org/api/v1");
    assertThat(url.socket("/ws")).hasToString("wss://chat.example.org/ws");
    assertThat(PublicUrl.parse("http://[::1]:8080").socket("/ws"))
        .hasToString("ws://[::1]:8080/ws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chat.example.org",
        "ftp://chat.example.org",
        "wss://chat.example.org",
        "https://",
        "https:///x",
        "https://chat.example.org/path",
        "https://chat.example.org?query",
        "https://chat.example.org/?",
        "https://chat.example.org/#x",
        "https://me:secret@chat.example.org",
        "https://chat.example.org:70000",
        "https://chat.example.org:0",
        "https://a b",
      })
  void whatIsNoBaseOfBothIsRefusedInOneSentence(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicUrl.parse(typed))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("\"").endsWith(".").hasLineCount(1));
  }
}
