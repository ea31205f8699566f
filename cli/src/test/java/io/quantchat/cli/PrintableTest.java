package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J", // clears the screen
        "\u001b]0;title\u0007", // sets the window's title
        "\u001b]52;c;aGk=\u0007", // writes to the clipboard
        "\u009b31m", // the same escape in one character
        "one\rtwo", // writes over the line
        "a\bb",
        "\u202Egpj.exe", // turns the direction
        "\u2066x\u2069",
        "\u2028", // a line's end to some
        "\u0085",
        "\u007f",
        "a\u200Bb", // hides
        "\uFEFF",
        "\uD800" // half of a character
      })
  void whatPlaysWithATerminalIsShownAsAMark(String text) {
    String shown = Printable.line(text);

    assertThat(shown.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT)
        .noneMatch(point -> Character.getType(point) == Character.SURROGATE)
        .noneMatch(point -> Character.getType(point) == Character.LINE_SEPARATOR);
    assertThat(shown).hasSameSizeAs(text);
  }

  @Test
  void everyControlCharacterIsShownAsAMark() {
    for (char control = 0; control < 0xA0; control++) {
      if (Character.isISOControl(control)) {
        assertThat(Printable.line(String.valueOf(control)))
            .as("character %d", (int) control)
            .hasSize(1)
            .isNotEqualTo(String.valueOf(control));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "Grüße, 世界",
        "مرحبا",
        "👩‍👩‍👧",
        "می‌خواهم",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "e\u0301"
      })
  void whatPeopleWriteStaysAsItIs(String text) {
    assertThat(Printable.line(text)).isEqualTo(text);
  }

  @Test
  void aLineOfATextCantPassForAnotherMessage() {
    assertThat(Printable.lines("yes\n12:00 you: I owe you 100", "      | "))
        .isEqualTo("yes\n      | 12:00 you: I owe you 100");
    assertThat(Printable.lines("yes\r\n\tno\rmaybe", "| ").lines())
        .allMatch(line -> line.equals("yes") || line.startsWith("| "));
  }

  @Test
  void jsonHoldsNothingThatATerminalActsUpon() {
    String json = JsonOutput.of("\u001b[2J\u009b31m\u202E\u007fé");

    assertThat(json.chars()).allMatch(unit -> unit >= ' ' && unit < 0x7F);
  }
}
