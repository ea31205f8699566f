package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  private static final String ID = "89a4ce85-c0ee-47f4-aa19-e381e9da010e";

  @Test
  void aStringIsReadAsItCame() {
    Fields fields = fields("{'a': ' Ünï\\u0000 '}");

    assertThat(fields.text("a", 1, 10)).isEqualTo(" Ünï\0 ");
    fields.check();
  }

  @Test
  void anAbsentFieldAndANullAreTheSameExceptForBeingMentioned() {
    Fields fields = fields("{'b': null}");

    assertThat(fields.optionalText("a", 1, 5)).isEmpty();
    assertThat(fields.optionalText("b", 1, 5)).isEmpty();
    assertThat(fields.optionalId("b")).isEmpty();
    assertThat(fields.optionalFlag("b")).isEmpty();
    assertThat(fields.objects("b", 5)).isEmpty();
    assertThat(fields.mentions("a")).isFalse();
    assertThat(fields.mentions("b")).isTrue();
    fields.check();
  }

  @Test
  void everyFaultIsTold() {
    Fields fields =
        fields("{'number': 1, 'long': 'abcdef', 'short': '', 'id': 'x', 'flag': 'true'}");

    fields.text("absent", 1, 5);
    fields.text("number", 1, 5);
    fields.text("long", 1, 5);
    fields.text("short", 1, 5);
    fields.id("id");
    fields.flag("flag");
    fields.ids("no_ids", 3);

    assertThat(errorsOf(fields))
        .containsExactly(
            "absent is required",
            "number must be a string",
            "long must be 1 to 5 characters long",
            "short must be 1 to 5 characters long",
            "id must be a UUID, such as " + ID,
            "flag must be true or false",
            "no_ids is required");
  }

  @Test
  void lengthsAreInCodePoints() {
    Fields fields = fields("{'a': '😀😀😀'}");

    assertThat(fields.text("a", 3, 3)).isEqualTo("😀😀😀");
    fields.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "x\\ude00\\ud83dx"})
  void halfASurrogatePairIsNoText(String half) {
    Fields fields = fields("{'a': '" + half + "'}");

    fields.text("a", 1, 10);

    assertThat(errorsOf(fields))
        .containsExactly("a must be Unicode text: it holds half of a surrogate pair");
  }

  @Test
  void idsComeInLowerCaseAndEachOnce() {
    Fields fields = fields("{'ids': ['" + ID.toUpperCase(Locale.ROOT) + "', '" + ID + "']}");

    assertThat(fields.ids("ids", 2)).containsExactly(ID);
    fields.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "'" + ID + "'", "[1, 2, 3]"})
  void aListOfIdsHasOneToTheMostAllowed(String value) {
    Fields fields = fields("{'ids': " + value + "}");

    assertThat(fields.ids("ids", 2)).isEmpty();

    assertThat(errorsOf(fields)).containsExactly("ids must be a list of 1 to 2 ids");
  }

  @Test
  void whatIsWrongInsideAListOfObjectsIsNamedByItsPlace() {
    Fields fields = fields("{'keys': [{'id': 'a'}, {'id': 7}, {}]}");

    for (Fields key : fields.objects("keys", 3)) {
      key.text("id", 1, 5);
    }

    assertThat(errorsOf(fields))
        .containsExactly("keys[1].id must be a string", "keys[2].id is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "'x'", "7", "[{}, {}, {}]"})
  void aListOfObjectsIsAListAndHasAtMostSoMany(String value) {
    Fields fields = fields("{'keys': " + value + "}");

    assertThat(fields.objects("keys", 2)).isEmpty();

    assertThat(errorsOf(fields)).containsExactly("keys must be a list of at most 2 objects");
  }

  @Test
  void whatIsNoObjectInAListOfObjectsIsNamed() {
    Fields fields = fields("{'keys': [{}, null]}");

    fields.objects("keys", 2);

    assertThat(errorsOf(fields)).containsExactly("keys[1] must be an object");
  }

  private static Fields fields(String json) {
    try {
      return new Fields(Json.MAPPER.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static List<String> errorsOf(Fields fields) {
    return catchThrowableOfType(Problem.class, fields::check).errors().stream()
        .map(error -> error.field() + " " + error.detail())
        .collect(Collectors.toList());
  }
}
