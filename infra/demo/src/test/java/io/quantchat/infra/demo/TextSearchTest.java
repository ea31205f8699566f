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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theTablesOfAPictureAreNotFoundInTheEndOfASignature(int before) {
    // The first Huffman table of every JPEG of the JDK's (ITU-T T.81, table K.3).
    var table =
        new byte[] {
          0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        };
    // No hints any more, and how many there are up to each of six polynomials.
    var end = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 12, 16, 20, 24};
    byte[] told = new byte[before + end.length];
    System.arraycopy(end, 0, told, before, end.length);

    assertThat(new TextSearch(List.of(table)).find(Base64.getEncoder().encode(told))).isEmpty();
    assertThat(new TextSearch(List.of(table)).find(Base64.getEncoder().encode(table)))
        .hasValue("in base64");
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
