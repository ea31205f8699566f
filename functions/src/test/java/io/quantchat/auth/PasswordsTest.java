package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private final CountingArgon2 argon2 = new CountingArgon2();
  private final Passwords passwords = new Passwords(argon2, AuthFixture.CHEAP, new SecureRandom());

  @Test
  void aNewHashIsArgon2idAtTheStandardCost() {
    var standard = new Passwords(argon2, Argon2.Cost.STANDARD, new SecureRandom());

    String hash = standard.hash("correct horse");

    assertThat(hash)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(standard.matches("correct horse", hash)).isTrue();
    assertThat(standard.matches("correct house", hash)).isFalse();
  }

  @Test
  void aHashOfTheReferenceImplementationMatches() {
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(passwords.matches("password", hash)).isTrue();
    assertThat(passwords.matches("passwore", hash)).isFalse();
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertThat(passwords.hash("12345678")).isNotEqualTo(passwords.hash("12345678"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=64,t=1,p=1$c29tc2FsdDEyMzQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=64,t=1,p=1$c29tc2FsdDEyMzQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=9$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=8,t=1,p=2$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$c29t$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXP",
        "$argon2id$v=19$m=64,t=1,p=1$c29tc2FsdHNhb$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$2b$31$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm",
        "$2b$03$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm",
        "$2x$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm",
        "$2b$04$cVWp4XaNU8a4v1uMRum2SO",
      })
  void aHashOfAnotherFormOrOfTooMuchWorkIsRefusedWithoutBeingTold(String hash) {
    assertThatThrownBy(() -> passwords.matches("password", hash))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A stored password hash is neither Argon2id nor bcrypt");
  }

  /** Vectors of crypt_blowfish and of the bcrypt package for Python. */
  @ParameterizedTest
  @CsvSource({
    "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    "Kk4DQuMMfZL9o, $2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm",
  })
  void bcryptHashesOfOthersMatch(String password, String hash) {
    assertThat(passwords.matches(password, hash)).isTrue();
    assertThat(passwords.matches(password + "x", hash)).isFalse();
    assertThat(passwords.isOutdated(hash)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2a", "2b", "2y"})
  void bcryptTakesTheFirst72BytesOfAPassword(String version) {
    String hash = bcrypt(version, "ü".repeat(36));

    assertThat(passwords.matches("ü".repeat(36) + "anything", hash)).isTrue();
    assertThat(passwords.matches("ü".repeat(35) + "uu", hash)).isFalse();
  }

  @Test
  void bcryptHashedWhatWasTypedAndNotItsNormalForm() {
    String hash = bcrypt("2b", "e\u0301".repeat(8));

    assertThat(passwords.matches("e\u0301".repeat(8), hash)).isTrue();
    assertThat(passwords.matches("\u00e9".repeat(8), hash)).isFalse();
  }

  @Test
  void aNulDoesNotLetARepeatedPasswordPassForTheOneThatBcryptHashed() {
    String hash = bcrypt("2b", "12345678");

    assertThat(passwords.matches("12345678\00012345678", hash)).isFalse();
    assertThat(passwords.matches("12345678\000", hash)).isFalse();
  }

  @Test
  void matchingNobodyIsAsMuchWorkAsMatchingSomebody() {
    String hash = passwords.hash("12345678");

    assertThat(argon2.during(() -> passwords.matchNobody("12345678")))
        .isEqualTo(argon2.during(() -> passwords.matches("12345678", hash)))
        .hasSize(1);
  }

  @Test
  void whoseTurnDoesNotComeInTimeIsToldToTryAgain() throws InterruptedException {
    var running = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    Argon2 slow =
        (password, salt, cost, length) -> {
          running.countDown();
          await(mayEnd);
          return new byte[length];
        };
    var bounded = new BoundedArgon2(slow, 1, 0);

    var first = Parallel.start(() -> compute(bounded));
    running.await();
    var refusal = catchThrowableOfType(Problem.class, () -> compute(bounded));
    mayEnd.countDown();

    assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    assertThat(Parallel.await(first)).hasSize(32);
    assertThat(compute(bounded)).hasSize(32);
  }

  private static byte[] compute(Argon2 argon2) {
    return argon2.compute(new byte[8], new byte[16], AuthFixture.CHEAP, 32);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static String bcrypt(String version, String password) {
    return OpenBSDBCrypt.generate(
        version,
        password.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        new SecureRandom().generateSeed(16),
        4);
  }
}
