package io.quantchat.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void everyKindOfValueComesBack() {
    var object = new LinkedHashMap<String, Object>();
    object.put("text", "a \"quoted\" line\n\u0000 € 😀 \uD800");
    object.put("numbers", List.of(1, -2, 3_000_000_000L, BigInteger.TWO.pow(70), 0.5));
    object.put("more", Arrays.asList(true, false, null, List.of(), Map.of()));

    assertThat(Json.read(Json.text(object))).contains(object);
    assertThat(Json.read(new String(Json.write(object), StandardCharsets.UTF_8))).contains(object);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "nul",
        "{",
        "[1",
        "[1,]",
        "]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1} {}",
        "{\"a\":}",
        "01",
        "NaN",
        "'a'",
        "{a:1}"
      })
  void whatIsNoValueIsNotRead(String text) {
    assertThat(Json.read(text)).isEmpty();
  }

  @Test
  void whatIsNestedWithoutEndIsNotRead() {
    assertThat(Json.read("[".repeat(100_000) + "]".repeat(100_000))).isEmpty();
  }

  @Test
  void whatIsNoJsonValueIsNotWritten() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(new Object()));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.text(List.of(new byte[1])));
  }

  @Test
  void asciiIsTheSameValueInAsciiAlone() {
    String ascii = Json.ascii(List.of("é", "\u009b"));

    assertThat(ascii).isEqualTo("[\"\\u00E9\",\"\\u009B\"]");
    assertThat(Json.read(ascii)).contains(List.of("é", "\u009b"));
  }

  @Test
  void anIdIsAUuidInLowerCase() {
    String id = "0195f0b2-7c4a-7000-8000-00000000abcd";

    assertThat(Json.id(Map.of("id", id), "id")).hasToString("Optional[" + id + "]");
    assertThat(Json.id(Map.of("id", id.toUpperCase(Locale.ROOT)), "id")).isEmpty();
    assertThat(Json.id(Map.of("id", 7), "id")).isEmpty();
    assertThat(Json.id(Map.of(), "id")).isEmpty();
  }
}
