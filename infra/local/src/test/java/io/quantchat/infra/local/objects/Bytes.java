package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.signing.SigningKey;
import java.util.Base64;
import java.util.Random;

/** Bytes to put and get. */
final class Bytes {

  private Bytes() {}

  static byte[] random(int count) {
    var bytes = new byte[count];
    new Random().nextBytes(bytes);
    return bytes;
  }

  /** Their SHA-256, in base64. */
  static String sha256(byte[] bytes) {
    return Base64.getEncoder().encodeToString(SigningKey.sha256(bytes));
  }
}
