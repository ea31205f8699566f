package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ben",
        "Ana María",
        "O'Neil-Smith Jr.",
        "Жанна",
        "Ελένη",
        "山田 太郎",
        "김 Lee",
        "สมชาย",
        "محمد",
        "ann 🌸",
        "e\u0301mile"
      })
  void namesOfPeopleAreShown(String name) {
    assertThat(Names.isPlain(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "you",
        "YOU",
        " you",
        "y o u",
        "you.",
        "ｙｏｕ",
        "уоu", // Cyrillic and Latin
        "аnn", // a Cyrillic a
        "ben: hi",
        "ben                      17:12 you",
        "ben\u00A0\u00A0you",
        "ben\u3000you",
        "ben\n17:12 you",
        "ben\u202Euoy",
        "▸ you",
        "► ann",
        "a name that is much longer than any person's ever was",
        "",
        " "
      })
  void namesThatPassForMoreAreNot(String name) {
    assertThat(Names.isPlain(name)).isFalse();
  }

  @Test
  void anEmailIsOneWord() {
    assertThat(Names.ofEmail("\"17:12 you: I agree\"@example.org"))
        .isEqualTo("\"17\uFFFD12\uFFFDyou\uFFFD\uFFFDI\uFFFDagree\"@example.org");
    assertThat(Names.ofEmail("ben@example.org")).isEqualTo("ben@example.org");
  }
}
