package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is hashed of attachments: one content for each value, and no value without one. */
class MediaRefsTest {

  private static final long LARGEST = (1L << 53) - 1;

  @Test
  void noTwoValuesHaveOneContent() {
    List<List<?>> lists =
        List.of(
            List.of(),
            Collections.singletonList(null),
            List.of(false),
            List.of(true),
            List.of(0),
            List.of("0"),
            List.of(""),
            List.of("", ""),
            List.of("ab", "c"),
            List.of("a", "bc"),
            List.of(List.of()),
            List.of(Map.of()),
            List.of(List.of("ab", "c")),
            List.of(Map.of("ab", "c")),
            List.of(Map.of("a", "bc")),
            List.of(Map.of("a", List.of())),
            List.of(Map.of("a", Map.of())),
            List.of(List.of(List.of())));
    Set<List<Byte>> contents = new HashSet<>();

    lists.forEach(list -> contents.add(boxed(new MediaRefs(list).content())));

    assertThat(contents).hasSameSizeAs(lists);
  }

  @Test
  void theOrderOfMembersIsNotWhatTheyMean() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("a", 1);
    one.put("é", 2);
    one.put("z", 3);
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("é", 2);
    other.put("z", 3);
    other.put("a", 1);

    assertThat(new MediaRefs(List.of(one)).content())
        .isEqualTo(new MediaRefs(List.of(other)).content());
  }

  @Test
  void aNumberIsTheSameHoweverItIsHeld() {
    assertThat(new MediaRefs(List.of(5)).content()).isEqualTo(new MediaRefs(List.of(5L)).content());
    assertThat(new MediaRefs(List.of(LARGEST, -LARGEST)).values()).hasSize(2);
  }

  @Test
  void whatHasNoOneSpellingIsRefused() {
    for (Object value :
        List.of(
            LARGEST + 1,
            -LARGEST - 1,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1.0,
            "\ud800",
            Map.of("\udfff", 1),
            Map.of(1, 1),
            new Object())) {
      assertThat(Messages.refusalBy(() -> new MediaRefs(List.of(value))))
          .as("%s", value)
          .isEqualTo(Refusal.MALFORMED);
    }
  }

  @Test
  void thereAreThirtyTwoAndEightLevelsAtMost() {
    Object deep = "deep";
    for (int level = 1; level < 8; level++) {
      deep = level % 2 == 0 ? List.of(deep) : Map.of("in", deep);
    }
    Object deepest = deep;

    assertThat(new MediaRefs(List.of(deepest)).values()).hasSize(1);
    assertThat(Messages.refusalBy(() -> new MediaRefs(List.of(List.of(deepest)))))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(new MediaRefs(Collections.nCopies(32, "x")).values()).hasSize(32);
    assertThat(Messages.refusalBy(() -> new MediaRefs(Collections.nCopies(33, "x"))))
        .isEqualTo(Refusal.EXTENDED);
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThat(Messages.refusalBy(() -> new MediaRefs(itself))).isEqualTo(Refusal.EXTENDED);
  }

  private static List<Byte> boxed(byte[] bytes) {
    var boxed = new Byte[bytes.length];
    Arrays.setAll(boxed, i -> bytes[i]);
    return Arrays.asList(boxed);
  }
}
