package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.ServerRefusalException;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final String CLOCK =
      "must be of a time within the last 7 days and at most 5 minutes ahead: check the clock";

  @Test
  void whatIsWrongWithTwoFieldsIsSaidOnceAndWithoutTheirNames() {
    assertThat(Refusals.words("message_id: " + CLOCK + "; created_at: " + CLOCK))
        .isEqualTo("It " + CLOCK);
  }

  @Test
  void aFieldThatAPersonKnowsKeepsItsName() {
    assertThat(
            Refusals.words(
                "email: must be an address; password: must be 8 to 1024 characters long"))
        .isEqualTo("The email must be an address; the password must be 8 to 1024 characters long");
  }

  @Test
  void aSentenceStaysAsItIs() {
    String sentence = "There is an account with this e-mail: log in; or choose another.";

    assertThat(Refusals.words(sentence)).isEqualTo(sentence);
    assertThat(Refusals.words("")).isEmpty();
  }

  @Test
  void whereAnotherCodeComesFromIsSaidOfACodeAndOfNothingElse() {
    assertThat(ofCode("token: or the code is too old: ask for another mail"))
        .isEqualTo(
            "The token or the code is too old: ask for another mail. 'quantchat password forgot'"
                + " has another mail sent.");
    assertThat(ofCode("password: must be 8 to 1024 characters long"))
        .isEqualTo("The password must be 8 to 1024 characters long");
  }

  private static String ofCode(String detail) {
    return Refusals.ofCode(new ServerRefusalException(422, detail, ""), "quantchat password forgot")
        .getMessage();
  }

  @Test
  void aServerFillsNoScreenAndMovesNoCursor() {
    assertThat(Refusals.words("x".repeat(100_000) + "\u001b[2J")).hasSizeLessThan(600);
    assertThat(Refusals.words("message_id: \u001b[2J")).doesNotContain("\u001b");
  }
}
