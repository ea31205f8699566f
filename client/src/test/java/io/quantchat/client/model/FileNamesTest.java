package io.quantchat.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "../a.txt",
        "..\\a.txt",
        "/etc/passwd",
        "a/b",
        "C:\\a.txt",
        "C:a.txt",
        "a.txt:stream",
        "\\\\server\\share",
        ".bashrc",
        "-rf",
        "~root",
        "a.txt.",
        "a.txt ",
        " a.txt",
        "a?.txt",
        "a*",
        "<a>",
        "a|b",
        "\"a\"",
        "CON",
        "con.txt",
        "Nul .txt",
        "COM1",
        "lpt9.tar.gz",
        "com².txt",
        "CONIN$",
        "a\u0000.txt",
        "a\n.txt",
        "a\u001b[2J.txt",
        "a\u0085b",
        "a\u202egpj.exe",
        "a\u2066b",
        "a\u200bb",
        "a\u00adb",
        "\ufeffa",
        "a\u00a0b",
        "a\u3164b",
        "a\u2028b",
        "a\ue000b",
        "a\ud800b"
      })
  void whatClimbsOrDeceivesIsDangerous(String name) {
    assertThat(FileNames.danger(name)).isPresent();
  }

  @Test
  void soIsWhatIsTooLong() {
    assertThat(FileNames.danger("ä".repeat(127) + "a")).isEmpty();
    assertThat(FileNames.danger("ä".repeat(128))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "report.pdf",
        "Straße (2).tar.gz",
        "a..b",
        "console.log",
        "com10.txt",
        "COM",
        "写真.jpg",
        "صورة.png",
        "e\u0301te\u0301.txt",
        "❤\ufe0f.png",
        "😀.gif",
        "a b.txt",
        "nullable.txt",
        "x~"
      })
  void ordinaryNamesArent(String name) {
    assertThat(FileNames.danger(name)).isEmpty();
  }
}
