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

class WordSearchTest {

  private final WordSearch search = new WordSearch(List.of("image/png"), List.of(12_420L));

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type: image/png\r\n", "IMAGE/PNG"})
  void aWordIsFoundInAnyCase(String text) {
    assertThat(search.find(text.getBytes(UTF_8))).hasValue("as it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "abcd"})
  void aWordIsFoundInBase64AtAnyOffsetAndInHex(String before) {
    byte[] bytes = (before + "image/png, a picture").getBytes(UTF_8);

    assertThat(search.find(Base64.getEncoder().encode(bytes))).isPresent();
    assertThat(search.find(Base64.getUrlEncoder().encode(bytes))).isPresent();
    assertThat(search.find(HexFormat.of().formatHex(bytes).getBytes(UTF_8))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12420", "{\"size\":12420}", "Content-Length: 12420\r\n", "?size=12420&a"})
  void aNumberIsFound(String text) {
    assertThat(search.find(text.getBytes(UTF_8))).hasValue("as a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "112420", "124200", "x12420y", "1.12420", "image/jpeg", "12,420"})
  void whatOnlyLooksLikeItIsNot(String text) {
    assertThat(search.find(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void nothingIsFoundWhereNothingIsLookedFor() {
    var numberAlone = new WordSearch(List.of(), List.of(7_000L));

    assertThat(numberAlone.find("image/png".getBytes(UTF_8))).isEmpty();
    assertThat(numberAlone.find("size 7000".getBytes(UTF_8))).isPresent();
    assertThat(new WordSearch(List.of("image/png"), List.of()).find("any".getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void aWordThatIsTooShortIsNotTaken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordSearch(List.of("png"), List.of()));
  }
}
