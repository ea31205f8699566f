package io.quantchat.infra.database.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How values compare.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Supported
 *     data types and naming rules</a>
 */
class AttributeOrderTest {

  @Test
  void textComparesAsItsUtf8() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String left = some(random);
      String right = some(random);
      int wanted =
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

      assertThat(Integer.signum(AttributeOrder.compare(left, right)))
          .as("%s and %s, seed %d", left, right, seed)
          .isEqualTo(Integer.signum(wanted));
    }
  }

  @Test
  void setsAreEqualInAnyOrder() {
    assertThat(
            AttributeOrder.equal(
                AttributeValue.fromSs(List.of("a", "b")), AttributeValue.fromSs(List.of("b", "a"))))
        .isTrue();
    assertThat(
            AttributeOrder.equal(
                AttributeValue.fromSs(List.of("a", "b")), AttributeValue.fromSs(List.of("a", "c"))))
        .isFalse();
    assertThat(
            AttributeOrder.equal(
                AttributeValue.fromNs(List.of("1", "2")),
                AttributeValue.fromNs(List.of("2.0", "1"))))
        .isTrue();
  }

  @Test
  void listsAndMapsAreEqualElementByElement() {
    assertThat(AttributeOrder.equal(deep("1"), deep("1.0"))).isTrue();
    assertThat(AttributeOrder.equal(deep("1"), deep("2"))).isFalse();
    assertThat(
            AttributeOrder.equal(
                AttributeValue.fromL(List.of(AttributeValue.fromS("a"), AttributeValue.fromS("b"))),
                AttributeValue.fromL(
                    List.of(AttributeValue.fromS("b"), AttributeValue.fromS("a")))))
        .isFalse();
    assertThat(
            AttributeOrder.equal(
                AttributeValue.fromM(Map.of()),
                AttributeValue.fromM(Map.of("a", AttributeValue.fromS("a")))))
        .isFalse();
  }

  @Test
  void aTextOfDigitsIsNoNumber() {
    assertThat(AttributeOrder.equal(AttributeValue.fromS("1"), AttributeValue.fromN("1")))
        .isFalse();
    assertThatThrownBy(
            () -> AttributeOrder.compare(AttributeValue.fromS("1"), AttributeValue.fromN("1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AttributeValue deep(String number) {
    return AttributeValue.fromM(
        Map.of("list", AttributeValue.fromL(List.of(AttributeValue.fromN(number)))));
  }

  private static String some(Random random) {
    int[] letters = {'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }
}
