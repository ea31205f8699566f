package io.quantchat.infra.local.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Signature Version 4 makes of a secret key for one service: the IAM User Guide's "Create a
 * signed AWS API request", steps 2 to 4. Signatures are compared in constant time.
 */
public final class SigningKey {

  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String END = "aws4_request";
  private static final HexFormat HEX = HexFormat.of();

  private record DayKey(String day, SecretKeySpec key) {}

  private final SigningCredentials credentials;
  private final String service;
  private volatile DayKey dayKey = new DayKey("", null);

  /**
   * @param service such as {@code s3}
   */
  public SigningKey(SigningCredentials credentials, String service) {
    this.credentials = credentials;
    this.service = service;
  }

  /** Whether this is the id of the key pair. */
  public boolean isOf(String accessKeyId) {
    return sameBytes(accessKeyId, credentials.accessKeyId());
  }

  /**
   * What follows the key's id and the day in a credential.
   *
   * @return region, service, and the word at the end
   */
  public List<String> scope() {
    return List.of(credentials.region(), service, END);
  }

  /**
   * Whether this is the signature of a request.
   *
   * @param date such as {@code 20150830T123600Z}
   * @param canonical the request in canonical form
   */
  public boolean signed(String date, String canonical, String signature) {
    String day = date.substring(0, date.indexOf('T'));
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            date,
            day + "/" + String.join("/", scope()),
            HEX.formatHex(sha256(utf8(canonical))));
    return sameBytes(HEX.formatHex(hmac(keyOf(day), toSign)), signature);
  }

  /** Deriving a key takes four HMACs, and it is the same for a whole day. */
  private SecretKeySpec keyOf(String day) {
    DayKey cached = dayKey;
    if (cached.day().equals(day)) {
      return cached.key();
    }
    byte[] key = hmac(hmacKey(utf8("AWS4" + credentials.secretKey())), day);
    for (String part : scope()) {
      key = hmac(hmacKey(key), part);
    }
    var made = new DayKey(day, hmacKey(key));
    dayKey = made;
    return made.key();
  }

  private static boolean sameBytes(String one, String other) {
    return MessageDigest.isEqual(utf8(one), utf8(other));
  }

  private static SecretKeySpec hmacKey(byte[] key) {
    return new SecretKeySpec(key, "HmacSHA256");
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The hash that requests are signed by. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
