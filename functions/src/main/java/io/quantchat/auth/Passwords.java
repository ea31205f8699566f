package io.quantchat.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Passwords, as hashes. New ones are Argon2id over the password in NFKC, so that it is the same
 * however a keyboard composes its characters. The original system's bcrypt hashes are recognised,
 * and are to be replaced at the first login.
 */
final class Passwords {

  /** Characters (code points) of a password, in NFKC. */
  static final int SHORTEST = 8;

  /** See {@link #SHORTEST}. */
  static final int LONGEST = 1024;

  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  /** Each step doubles the work; the original system used 12. */
  private static final int HIGHEST_BCRYPT_COST = 15;

  private static final int LOWEST_BCRYPT_COST = 4;

  private final Argon2 argon2;
  private final Argon2.Cost cost;
  private final SecureRandom random;

  /** Hashes at this cost. */
  Passwords(Argon2 argon2, Argon2.Cost cost, SecureRandom random) {
    this.argon2 = argon2;
    this.cost = cost;
    this.random = random;
  }

  /** A password in the form that is hashed. */
  static String normalise(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  /** The hash to store, with a salt of its own. */
  String hash(String password) {
    byte[] salt = randomBytes(SALT_BYTES);
    byte[] tag = argon2.compute(bytesOf(password), salt, cost, TAG_BYTES);
    return new Argon2Hash(cost, salt, tag).toPhc();
  }

  /**
   * Whether this is the password that was hashed.
   *
   * @throws IllegalStateException if the hash is of no form that was ever stored
   */
  boolean matches(String password, String hash) {
    if (isBcrypt(hash)) {
      return matchesBcrypt(password, hash);
    }
    Optional<Argon2Hash> argon2Hash = Argon2Hash.parse(hash);
    if (argon2Hash.isEmpty()) {
      throw new IllegalStateException("A stored password hash is neither Argon2id nor bcrypt");
    }
    return matches(password, argon2Hash.get());
  }

  /**
   * Does the work of {@link #matches} for an account that doesn't exist, so that the time an answer
   * takes doesn't tell. (A bcrypt hash takes its own time; each is gone after one login.)
   */
  void matchNobody(String password) {
    var decoy = new Argon2Hash(cost, randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));
    if (matches(password, decoy)) {
      throw new IllegalStateException("A password has matched 32 random bytes");
    }
  }

  /** Whether a password that has just matched this hash should be hashed anew. */
  boolean isOutdated(String hash) {
    return Argon2Hash.parse(hash).map(stored -> stored.cost().isWeakerThan(cost)).orElse(true);
  }

  private boolean matches(String password, Argon2Hash hash) {
    byte[] tag = argon2.compute(bytesOf(password), hash.salt(), hash.cost(), hash.tag().length);
    return MessageDigest.isEqual(tag, hash.tag());
  }

  private static boolean isBcrypt(String hash) {
    Matcher bcrypt = BCRYPT.matcher(hash);
    if (!bcrypt.matches()) {
      return false;
    }
    int logOfRounds = Integer.parseInt(bcrypt.group(1));
    return logOfRounds >= LOWEST_BCRYPT_COST && logOfRounds <= HIGHEST_BCRYPT_COST;
  }

  /**
   * As the original system hashed: the password as it was typed, in UTF-8, of which bcrypt takes 72
   * bytes. It repeats what it takes behind a NUL, so {@code a} and {@code a NUL a} would be the
   * same to it: no password with a NUL was ever accepted there, and none matches.
   */
  private static boolean matchesBcrypt(String password, String hash) {
    boolean same = OpenBSDBCrypt.checkPassword(hash, password.getBytes(StandardCharsets.UTF_8));
    return same && password.indexOf('\0') < 0;
  }

  private static byte[] bytesOf(String password) {
    return normalise(password).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] randomBytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
