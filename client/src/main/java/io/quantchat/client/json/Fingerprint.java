package io.quantchat.client.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Short names of JSON values: the same for the same value, and for no other. */
public final class Fingerprint {

  private Fingerprint() {}

  /** SHA-256 of a value's JSON, base64url without padding; of its text where there is no JSON. */
  public static String of(Object value) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(value)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] bytes(Object value) {
    try {
      return Json.write(value);
    } catch (IllegalArgumentException noJson) {
      return value.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
