package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SafetyNumberTest {

  private final Person ann = Person.named("ann");
  private final Person ben = Person.named("ben");

  @Test
  void bothSeeTheSame60Digits() {
    SafetyNumber anns = number(ann, ben);
    SafetyNumber bens = number(ben, ann);

    assertThat(anns.digits()).matches("[0-9]{60}").isEqualTo(bens.digits());
    assertThat(anns.spacedDigits()).matches("([0-9]{5} ){11}[0-9]{5}");
    assertThat(anns.spacedDigits().replace(" ", "")).isEqualTo(anns.digits());
  }

  @Test
  void aScannedCodeMatchesOnlyIfItIsTheSame() {
    byte[] code = number(ann, ben).qrCode();
    SafetyNumber bens = number(ben, ann);

    assertThat(code).hasSize(65).startsWith(1);
    assertThat(bens.matches(code)).isTrue();
    assertThat(Flips.all(code)).noneMatch(bit -> bens.matches(Flips.flipped(code, bit)));
    assertThat(bens.matches(Arrays.copyOf(code, 64))).isFalse();
    assertThat(bens.matches(new byte[0])).isFalse();
  }

  @Test
  void onesOwnCodeIsNoProof() {
    SafetyNumber anns = number(ann, ben);

    assertThatThrownBy(() -> anns.matches(anns.qrCode()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("your own code");
    assertThatThrownBy(() -> anns.matches(number(ann, ben).qrCode()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(anns.matches(number(ben, ann).qrCode())).isTrue();
  }

  @Test
  void thereIsNoNumberWithOneself() {
    assertThatThrownBy(() -> number(ann, ann))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("oneself");
  }

  @Test
  void eachOfTheFourKeysAndBothIdsAreInIt() {
    Identity anns = ann.identityKeys.identity();
    Identity bens = ben.identityKeys.identity();
    Identity eves = Person.named("eve").identityKeys.identity();
    String digits = SafetyNumber.of(ann.userId, anns, ben.userId, bens).digits();

    assertThat(
            new SafetyNumber[] {
              SafetyNumber.of(
                  ann.userId, new Identity(eves.ecdsa(), anns.mlDsa()), ben.userId, bens),
              SafetyNumber.of(
                  ann.userId, new Identity(anns.ecdsa(), eves.mlDsa()), ben.userId, bens),
              SafetyNumber.of(
                  ann.userId, anns, ben.userId, new Identity(eves.ecdsa(), bens.mlDsa())),
              SafetyNumber.of(
                  ann.userId, anns, ben.userId, new Identity(bens.ecdsa(), eves.mlDsa())),
              SafetyNumber.of(Messages.ID, anns, ben.userId, bens),
              SafetyNumber.of(ann.userId, bens, ben.userId, anns)
            })
        .extracting(SafetyNumber::digits)
        .doesNotContain(digits)
        .doesNotHaveDuplicates();
  }

  private static SafetyNumber number(Person one, Person other) {
    return SafetyNumber.of(
        one.userId, one.identityKeys.identity(), other.userId, other.identityKeys.identity());
  }
}
