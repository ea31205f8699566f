package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A search that finds nothing says something only if it would have found it. */
class SecretSearchTest {
  private static final String SECRET = "pässwörd \"42\" of\\the/canary+bird";
  private static final SecretSearch SEARCH = new SecretSearch().add("password", SECRET);

  @Test
  void findsASecretThatIsPlantedInEachForm() {
    Map<String, List<String>> forms = SecretSearch.forms(SECRET.getBytes(StandardCharsets.UTF_8));

    assertThat(forms).hasSize(6);
    forms.forEach(
        (form, texts) ->
            texts.forEach(
                text ->
                    assertThat(SEARCH.find("{\"error\":\"no such " + text + "\"}\n\tat Line"))
                        .as(form + ": " + text)
                        .isNotEmpty()));
  }

  @Test
  void findsItInTheBase64OfATextThatItStandsIn() {
    for (String before : List.of("", "a", "ab", "abc")) {
      String json = "{\"" + before + "\":\"" + SECRET + "\"}";
      String encoded = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));

      assertThat(SEARCH.find(encoded)).containsExactly("password in base64");
    }
  }

  @Test
  void findsAPartThatWasCut() {
    assertThat(SEARCH.find("Unrecognized token 'of\\the/canary+bi'")).hasSize(1);
  }

  @Test
  void findsACodeInEachFormAndHoweverItIsTyped() {
    SecretSearch search = new SecretSearch().addCode("code", "7K2QM-0XW9D");

    assertThat(search.find("no such code: 7K2QM-0XW9D")).hasSize(1);
    assertThat(search.find("code=7K2QM0XW9D&")).hasSize(1);
    assertThat(search.find("{\"asked\":\"N0syUU0tMFhXOUQ=\"}")).containsExactly("code in base64");
    assertThat(search.find("7K2QM and 0XW9D")).isEmpty();
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(SEARCH.find("POST /api/v1/auth/login 401 3 ms\npässwörd 42 of the canary"))
        .isEmpty();
  }
}
