package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Half of a surrogate pair is no text: nothing is hashed, signed or sealed in its place. */
class Utf8TextTest {

  private static final List<String> BROKEN =
      List.of("\ud83d", "\ude00", "a\ud83d", "\ud83da", "\ude00\ud83d", "\ud83d\ud83d\ude00");

  @Test
  void aTextOfWholeCharactersComesBack() {
    for (String text :
        List.of("", "a", "ü", "\uffff", "😀", "a😀😀b", "\ud800\udc00\udbff\udfff")) {
      assertThat(Utf8Text.isWhole(text)).as(text).isTrue();
      assertThat(new String(Utf8Text.encode("x", text), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void halfACharacterIsRefusedWhereverTextGoesIn() {
    for (String broken : BROKEN) {
      assertThat(Utf8Text.isWhole(broken)).isFalse();
      assertThat(Messages.refusalBy(() -> Utf8Text.encode("x", broken)))
          .isEqualTo(Refusal.MALFORMED);
      assertThat(Messages.refusalBy(() -> new Transcript().add(broken)))
          .isEqualTo(Refusal.MALFORMED);
      assertThat(Messages.refusalBy(() -> new MediaRefs(List.of(broken))))
          .isEqualTo(Refusal.MALFORMED);
      assertThat(Messages.refusalBy(() -> new MediaRefs(List.of(Map.of(broken, 1)))))
          .isEqualTo(Refusal.MALFORMED);
      assertThat(
              Messages.refusalBy(
                  () ->
                      new ListedKey(
                          new KeyId("x"), broken, new byte[1], Person.NOW, KeyStatus.ACTIVE)))
          .isEqualTo(Refusal.MALFORMED);
    }
  }

  @Test
  void anAlgorithmToComeHasAtMost64Characters() {
    assertThat(listed("😀".repeat(64)).algorithm()).hasSize(128);
    assertThat(Messages.refusalBy(() -> listed("😀".repeat(65)))).isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> listed(""))).isEqualTo(Refusal.TRUNCATED);
  }

  private static ListedKey listed(String algorithm) {
    return new ListedKey(
        KeyId.of(algorithm, new byte[1]), algorithm, new byte[1], Person.NOW, KeyStatus.ACTIVE);
  }
}
