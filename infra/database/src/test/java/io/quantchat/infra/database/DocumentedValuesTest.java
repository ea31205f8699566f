package io.quantchat.infra.database;

import static io.quantchat.infra.database.TestTables.n;
import static io.quantchat.infra.database.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Values that other implementations confuse with none, or with one another.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
 *     types: empty text and binary are allowed but in keys</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Condition
 *     and filter expressions</a>
 */
class DocumentedValuesTest {

  private static final AttributeValue EMPTY_TEXT = s("");
  private static final AttributeValue EMPTY_BINARY =
      AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0]));
  private static final AttributeValue FALSE = AttributeValue.fromBool(false);

  private final EmbeddedDatabase database = EmbeddedDatabase.inMemory();
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTable() {
    TestTables.create(client, "rows", "id:S");
  }

  @AfterEach
  void close() {
    database.close();
  }

  static List<AttributeValue> emptyValues() {
    return List.of(EMPTY_TEXT, EMPTY_BINARY, FALSE);
  }

  @ParameterizedTest
  @MethodSource("emptyValues")
  void anEmptyValueIsKept(AttributeValue empty) {
    put("v", empty);

    assertThat(client.getItem(b -> b.tableName("rows").key(TestTables.key("a"))).item())
        .isEqualTo(Map.of("id", s("a"), "v", empty));
  }

  @ParameterizedTest
  @MethodSource("emptyValues")
  void anEmptyValueIsThere(AttributeValue empty) {
    put("v", empty);

    assertThat(holds("attribute_exists(v)", Map.of())).isTrue();
    assertThat(holds("attribute_not_exists(v)", Map.of())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("emptyValues")
  void anEmptyValueEqualsItselfAloneAndIsFoundInAList(AttributeValue empty) {
    put("v", empty);

    assertThat(holds("v = :e", Map.of(":e", empty))).isTrue();
    assertThat(holds("v <> :e", Map.of(":e", empty))).isFalse();
    assertThat(holds("v IN (:o, :e)", Map.of(":o", n("0"), ":e", empty))).isTrue();
    for (AttributeValue other : emptyValues()) {
      if (!other.equals(empty)) {
        assertThat(holds("v = :o", Map.of(":o", other))).isFalse();
        assertThat(holds("v IN (:o)", Map.of(":o", other))).isFalse();
      }
    }
    assertThat(holds("v IN (:n)", Map.of(":n", AttributeValue.fromNul(true)))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("emptyValues")
  void anEmptyValueHasItsType(AttributeValue empty) {
    put("v", empty);

    assertThat(holds("attribute_type(v, :t)", Map.of(":t", s(empty.type().toString())))).isTrue();
    assertThat(holds("attribute_type(v, :t)", Map.of(":t", s("NULL")))).isFalse();
  }

  /** {@code size}: text by its length, binary by its bytes. A truth value has no size. */
  @Test
  void emptyTextAndBinaryHaveSizeZero() {
    put("v", EMPTY_TEXT);
    assertThat(holds("size(v) = :zero", Map.of(":zero", n("0")))).isTrue();
    put("v", EMPTY_BINARY);
    assertThat(holds("size(v) = :zero", Map.of(":zero", n("0")))).isTrue();
    put("v", FALSE);
    assertThat(holds("size(v) = :zero", Map.of(":zero", n("0")))).isFalse();
  }

  /**
   * A comparison with what isn't there is false, also if neither is; {@code <>} is its contrary.
   */
  @Test
  void whatIsAbsentEqualsNothing() {
    put("v", n("1"));

    assertThat(holds("absent = alsoAbsent", Map.of())).isFalse();
    assertThat(holds("v = absent", Map.of())).isFalse();
    assertThat(holds("absent IN (:one)", Map.of(":one", n("1")))).isFalse();
  }

  @Test
  void mapsAndListsEqualThoseThatHoldTheSame() {
    AttributeValue map = AttributeValue.fromM(Map.of("u", n("1"), "v", s("b")));
    AttributeValue list = AttributeValue.fromL(List.of(s("a"), n("1.0")));
    client.putItem(
        b ->
            b.tableName("rows")
                .item(Map.of("id", s("a"), "m", map, "l", list, "same", map, "n", n("1"))));

    assertThat(holds("m = same", Map.of())).isTrue();
    assertThat(holds("m IN (:n, :m)", Map.of(":n", n("1"), ":m", map))).isTrue();
    assertThat(holds("l = :l", Map.of(":l", AttributeValue.fromL(List.of(s("a"), n("1"))))))
        .isTrue();
    assertThat(holds("l = :l", Map.of(":l", AttributeValue.fromL(List.of(n("1"), s("a"))))))
        .isFalse();
  }

  /**
   * Text is compared by the bytes of its UTF-8, in conditions as in keys: a character beyond U+FFFF
   * is behind all others, though its UTF-16 isn't.
   */
  @Test
  void textIsComparedByItsUtf8() {
    put("v", s("\uFFFD"));

    assertThat(holds("v < :clef", Map.of(":clef", s("𝄞")))).isTrue();
    assertThat(holds("v >= :clef", Map.of(":clef", s("𝄞")))).isFalse();
    assertThat(holds("v BETWEEN :a AND :clef", Map.of(":a", s("a"), ":clef", s("𝄞")))).isTrue();
  }

  /** A key's text and binary have at least one byte; the message is that of all operations. */
  @Test
  void aKeyIsNeverEmpty() {
    TestTables.create(client, "binaries", "id:B");
    String text =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: id";
    String binary = text.replace("string", "binary");

    DocumentedRefusals.assertInvalid(
        () -> client.putItem(b -> b.tableName("rows").item(Map.of("id", EMPTY_TEXT))), text);
    DocumentedRefusals.assertInvalid(
        () -> client.getItem(b -> b.tableName("rows").key(Map.of("id", EMPTY_TEXT))), text);
    DocumentedRefusals.assertInvalid(
        () -> client.deleteItem(b -> b.tableName("rows").key(Map.of("id", EMPTY_TEXT))), text);
    DocumentedRefusals.assertInvalid(
        () -> client.getItem(b -> b.tableName("binaries").key(Map.of("id", EMPTY_BINARY))), binary);
  }

  /** A key's value in a key condition is one of a key: also a bound, or what it begins with. */
  @Test
  void aKeyConditionHasNoEmptyValue() {
    TestTables.create(client, "texts", "q:S", "m:S");
    for (String condition :
        List.of("m = :e", "m > :e", "begins_with(m, :e)", "m BETWEEN :e AND :a")) {
      Map<String, AttributeValue> values = new HashMap<>(Map.of(":q", s("q"), ":e", EMPTY_TEXT));
      if (condition.contains(":a")) {
        values.put(":a", s("a"));
      }
      DocumentedRefusals.assertInvalid(
          () ->
              client.query(
                  b ->
                      b.tableName("texts")
                          .keyConditionExpression("q = :q AND " + condition)
                          .expressionAttributeValues(values)),
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty string value. Key: m");
    }
  }

  private void put(String attribute, AttributeValue value) {
    client.putItem(b -> b.tableName("rows").item(Map.of("id", s("a"), attribute, value)));
  }

  /** Whether a filter lets the one item through. */
  private boolean holds(String expression, Map<String, AttributeValue> values) {
    Map<String, AttributeValue> all = new HashMap<>(values);
    all.put(":id", s("a"));
    return client
            .query(
                b ->
                    b.tableName("rows")
                        .keyConditionExpression("id = :id")
                        .filterExpression(expression)
                        .expressionAttributeValues(all))
            .count()
        == 1;
  }
}
