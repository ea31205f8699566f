package io.quantchat.infra.local.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantchat.infra.local.gateway.HeaderLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderRulesTest {

  @TempDir private Path folder;

  private HeaderRules rules(String json) throws Exception {
    return HeaderRules.read(Files.writeString(folder.resolve("headers.json"), json));
  }

  @Test
  void aLaterEntrysHeaderReplacesAnEarlierOnes() throws Exception {
    HeaderRules rules =
        rules(
            """
            [{"path": "/*", "headers": {"A": "1", "Cache-Control": "no-cache"}},
             {"path": "/assets/*", "headers": {"cache-control": "immutable"}},
             {"path": "/x", "headers": {"B": "2"}}]
            """);

    assertThat(rules.of("/x"))
        .containsExactly(
            new HeaderLine("A", "1"),
            new HeaderLine("B", "2"),
            new HeaderLine("Cache-Control", "no-cache"));
    assertThat(rules.of("/assets/y"))
        .containsExactly(new HeaderLine("A", "1"), new HeaderLine("Cache-Control", "immutable"));
    assertThat(rules.of("/xx")).hasSize(2);
  }

  @Test
  void inClearNothingIsSaidOfTls() throws Exception {
    HeaderRules rules =
        rules(
            """
            [{"path": "/*", "headers": {"A": "1", "strict-transport-security": "max-age=1"}}]
            """);

    assertThat(rules.of("/")).hasSize(2);
    assertThat(rules.inClear().of("/")).containsExactly(new HeaderLine("A", "1"));
  }

  @Test
  void whatIsNoListOfThemIsOneSentence() {
    for (String json :
        new String[] {"{", "{}", "[1]", "[{\"path\": \"/\", \"more\": 1}]", "[] []"}) {
      assertThatExceptionOfType(UnusableClient.class)
          .as(json)
          .isThrownBy(() -> rules(json))
          .withMessageEndingWith("headers.json is no list of paths and their headers.");
    }
    assertThatExceptionOfType(UnusableClient.class)
        .isThrownBy(() -> HeaderRules.read(folder.resolve("none.json")))
        .withMessageEndingWith("none.json can't be read.");
  }
}
