package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A suite is found by all of its names, also beside suites that share some of them. */
class SuiteNamesTest {

  private static final SuiteNames FIRST = new SuiteNames("v1", "ECDH", "HKDF-A");
  private static final SuiteNames SAME_KDF = new SuiteNames("v2", "ML-KEM", "HKDF-A");
  private static final SuiteNames SAME_ENCRYPTION = new SuiteNames("v3", "ML-KEM", "HKDF-B");
  private static final SuiteNames SAME_VERSION = new SuiteNames("v3", "ML-KEM", "HKDF-A");
  private static final List<SuiteNames> KNOWN =
      List.of(FIRST, SAME_KDF, SAME_ENCRYPTION, SAME_VERSION);

  @Test
  void aSuiteIsFoundAlthoughOneBeforeItSharesAName() {
    for (SuiteNames names : KNOWN) {
      assertThat(names.placeIn(KNOWN)).as("%s", names).isEqualTo(KNOWN.indexOf(names));
    }
  }

  @Test
  void namesOfDifferentSuitesAreNone() {
    assertThat(refusalOf(new SuiteNames("v1", "ECDH", "HKDF-B"))).isEqualTo(Refusal.MIXED_SUITE);
    assertThat(refusalOf(new SuiteNames("v1", "ML-KEM", "HKDF-A"))).isEqualTo(Refusal.MIXED_SUITE);
    assertThat(refusalOf(new SuiteNames("v2", "ECDH", "HKDF-A"))).isEqualTo(Refusal.MIXED_SUITE);
  }

  @Test
  void theFirstNameThatNobodyKnowsIsNamed() {
    assertThat(unknown(new SuiteNames("v9", "RSA", "MD5"))).contains("\"v9\"");
    assertThat(unknown(new SuiteNames("v1", "RSA", "MD5"))).contains("\"RSA\"");
    assertThat(unknown(new SuiteNames("v1", "ML-KEM", "MD5"))).contains("\"MD5\"");
  }

  @Test
  void everySuiteThereIsIsFoundByItsNames() {
    for (Suite suite : Suite.values()) {
      assertThat(Suite.of(suite.version(), suite.encryptionAlgorithm(), suite.kdf().wireName()))
          .isEqualTo(suite);
    }
  }

  private static Refusal refusalOf(SuiteNames names) {
    return Messages.refusalBy(() -> names.placeIn(KNOWN));
  }

  private static String unknown(SuiteNames names) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> names.placeIn(KNOWN));
    assertThat(refused.refusal()).isEqualTo(Refusal.UNKNOWN_SUITE);
    return refused.getMessage();
  }
}
