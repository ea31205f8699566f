package io.quantchat.auth;

import io.quantchat.accounts.DeceivingCharacters;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.PublicKey;
import io.quantchat.host.Ids;
import io.quantchat.http.Fields;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of requests about accounts, and what each may hold. */
final class AccountFields {

  /** Bytes that a request about an account may have. */
  static final int LARGEST_BODY = 32 * 1024;

  static final String EMAIL = "email";
  static final String PASSWORD = "password";
  static final String USERNAME = "username";
  static final String FULL_NAME = "full_name";
  static final String PUBLIC_KEY = "public_key";
  static final String PUBLIC_KEYS = "public_keys";
  static final String REFRESH_TOKEN = "refresh_token";

  private static final String KEY_ID = "key_id";
  private static final String ALGORITHM = "algorithm";
  private static final String KEY_DATA = "key_data";
  private static final String CREATED_AT = "created_at";
  private static final String STATUS = "status";

  private static final int LONGEST_USERNAME = 64;
  private static final int LONGEST_FULL_NAME = 128;
  private static final int LONGEST_KEY = 4096;
  private static final int MOST_KEYS = 16;

  /**
   * Bytes of all of an account's keys, as they are kept. Whoever has the account as a contact is
   * sent them, so that the one who registers decides what others' lists weigh.
   */
  private static final int MOST_KEY_BYTES = 8 * 1024;

  private static final int LONGEST_KEY_ID = 128;
  private static final int LONGEST_ALGORITHM = 64;
  private static final int LONGEST_TIME = 64;
  private static final int LONGEST_REFRESH_TOKEN = 512;
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
              + "[Tt]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?"
              + "([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)");
  private static final Set<String> STATUSES = Set.of("active", "deprecated", "revoked");

  private AccountFields() {}

  /** The required address that somebody chooses; nothing where a fault is noted. */
  static Optional<EmailAddress> newEmail(Fields fields) {
    String typed = fields.text(EMAIL, 0, Integer.MAX_VALUE);
    Optional<EmailAddress> email = EmailAddress.parse(typed);
    if (email.isEmpty() && fields.accepts(EMAIL)) {
      rejectEmail(fields);
    }
    return email;
  }

  /**
   * The required address of an account that there may be, as it was typed: one from before may be
   * of a spelling that nobody can choose any more. An account's id stands for its address.
   */
  static String typedEmail(Fields fields) {
    String typed = fields.text(EMAIL, 0, Integer.MAX_VALUE);
    boolean namesNobody = EmailAddress.keysOf(typed).isEmpty() && Ids.parse(typed).isEmpty();
    if (namesNobody && fields.accepts(EMAIL)) {
      rejectEmail(fields);
    }
    return typed;
  }

  private static void rejectEmail(Fields fields) {
    fields.reject(
        EMAIL,
        "must be an email address such as ann@example.org, without invisible characters, of at most"
            + " "
            + EmailAddress.LONGEST
            + " octets, "
            + EmailAddress.LONGEST_LOCAL_PART
            + " of them before the @");
  }

  /** A password somebody chooses, as typed. */
  static String newPassword(Fields fields) {
    return newPassword(fields, PASSWORD);
  }

  /** The same in a field of this name. */
  static String newPassword(Fields fields, String field) {
    String password = typedPassword(fields, field);
    String normal = Passwords.normalise(password);
    int length = normal.codePointCount(0, normal.length());
    if (fields.accepts(field) && (length < Passwords.SHORTEST || length > Passwords.LONGEST)) {
      fields.reject(
          field, "must be " + Passwords.SHORTEST + " to " + Passwords.LONGEST + " characters long");
    }
    return password;
  }

  /**
   * A password that may be the right one: one from the original system may be shorter than a new
   * one may be.
   */
  static String typedPassword(Fields fields) {
    return typedPassword(fields, PASSWORD);
  }

  private static String typedPassword(Fields fields, String field) {
    String password = fields.text(field, 0, Integer.MAX_VALUE);
    if (password.isEmpty() && fields.accepts(field)) {
      fields.reject(field, "is required");
    }
    return password;
  }

  static Optional<String> username(Fields fields) {
    return name(fields, USERNAME, LONGEST_USERNAME);
  }

  static Optional<String> fullName(Fields fields) {
    return name(fields, FULL_NAME, LONGEST_FULL_NAME);
  }

  static Optional<String> publicKey(Fields fields) {
    return fields.optionalText(PUBLIC_KEY, 1, LONGEST_KEY);
  }

  /** The username of who gave none: what stands before the {@code @}, cut to the longest. */
  static String usernameOf(EmailAddress email) {
    String local = email.localPart();
    int length = Math.min(local.codePointCount(0, local.length()), LONGEST_USERNAME);
    return local.substring(0, local.offsetByCodePoints(0, length));
  }

  /**
   * The list of keys; empty where there is none.
   *
   * @param now for a key that doesn't say when it was made
   */
  static List<PublicKey> publicKeys(Fields fields, String now) {
    var keys = new ArrayList<PublicKey>();
    var seen = new HashSet<String>();
    for (Fields entry : fields.objects(PUBLIC_KEYS, MOST_KEYS)) {
      var key =
          new PublicKey(
              entry.text(KEY_ID, 1, LONGEST_KEY_ID),
              entry.text(ALGORITHM, 1, LONGEST_ALGORITHM),
              entry.text(KEY_DATA, 1, LONGEST_KEY),
              createdAt(entry).orElse(now),
              entry.optionalText(STATUS, 0, Integer.MAX_VALUE).orElse("active"));
      if (!STATUSES.contains(key.status())) {
        entry.reject(STATUS, "must be active, deprecated or revoked");
      }
      if (!seen.add(key.keyId()) && entry.accepts(KEY_ID)) {
        entry.reject(KEY_ID, "must be another one for each key");
      }
      keys.add(key);
    }
    if (fields.accepts(PUBLIC_KEYS) && PublicKey.bytesOf(keys) > MOST_KEY_BYTES) {
      fields.reject(
          PUBLIC_KEYS, "must be at most " + MOST_KEY_BYTES + " bytes of JSON, all keys together");
    }
    return List.copyOf(keys);
  }

  /** A refresh token of whatever form. */
  static String refreshToken(Fields fields) {
    return fields.text(REFRESH_TOKEN, 1, LONGEST_REFRESH_TOKEN);
  }

  private static Optional<String> name(Fields fields, String field, int longest) {
    Optional<String> name =
        fields
            .optionalText(field, 0, Integer.MAX_VALUE)
            .map(typed -> Normalizer.normalize(typed.strip(), Normalizer.Form.NFC));
    if (name.isPresent()) {
      int length = name.get().codePointCount(0, name.get().length());
      if (length < 1 || length > longest) {
        fields.reject(field, "must be 1 to " + longest + " characters long");
      } else {
        deceitOf(name.get()).ifPresent(fault -> fields.reject(field, fault));
      }
    }
    return name;
  }

  /** What makes a name look like another that it isn't. */
  private static Optional<String> deceitOf(String name) {
    if (DeceivingCharacters.areIn(name)) {
      return Optional.of(
          "must not hold characters that can't be seen, such as control characters, or that turn"
              + " the direction of writing; and no blank but the plain space");
    }
    if (name.contains("  ")) {
      return Optional.of("must not hold two spaces in a row");
    }
    return DeceivingCharacters.isMark(name.codePointAt(0))
        ? Optional.of("must not begin with a combining mark")
        : Optional.empty();
  }

  /** RFC 3339, in any offset; kept as it came. */
  private static Optional<String> createdAt(Fields entry) {
    Optional<String> text = entry.optionalText(CREATED_AT, 1, LONGEST_TIME);
    if (text.isPresent() && !RFC_3339.matcher(text.get()).matches()) {
      entry.reject(CREATED_AT, "must be a time in RFC 3339, such as 2026-02-02T10:00:00.000Z");
    }
    return text;
  }
}
