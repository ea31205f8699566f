package io.quantchat.infra.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSearchTest {

  private static final String TEXT = "Meet me at the old mill, and bring the map??>>";

  private final TextSearch search = TextSearch.of(List.of(TEXT, "another one of them"));

  @Test
  void aPartOfATextIsFoundAsItIs() {
    assertThat(search.find(("..." + TEXT.substring(5, 5 + TextSearch.RUN) + "...").getBytes(UTF_8)))
        .hasValue("as it is");
    assertThat(search.find("on another one of them".getBytes(UTF_8))).hasValue("as it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "abcd"})
  void aTextIsFoundInBase64AtAnyOffset(String before) {
    byte[] bytes = (before + TEXT + "behind").getBytes(UTF_8);

    assertThat(search.find(Base64.getEncoder().encode(bytes))).hasValue("in base64");
    assertThat(search.find(Base64.getUrlEncoder().encode(bytes))).isPresent();
  }

  @Test
  void aTextIsFoundInHexOfEitherCase() {
    String hex = HexFormat.of().formatHex(TEXT.getBytes(UTF_8));

    assertThat(search.find(hex.getBytes(UTF_8))).hasValue("in hex");
    assertThat(
            search.find(
                HexFormat.of().withUpperCase().formatHex(TEXT.getBytes(UTF_8)).getBytes(UTF_8)))
        .hasValue("in hex");
  }

  @Test
  void whatIsShorterThanARunIsNotFound() {
    assertThat(search.find(TEXT.substring(0, TextSearch.RUN - 1).getBytes(UTF_8))).isEmpty();
    assertThat(search.find(new byte[0])).isEmpty();
  }

  @Test
  void aSecretThatIsTooShortIsNotTaken() {
    assertThatIllegalArgumentException().isThrownBy(() -> TextSearch.of(List.of("noon")));
  }
}
