package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the same bytes every time: SHAKE-like, a hash of its name and of how often it was asked.
 */
final class ScriptedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient List<byte[]> given = new ArrayList<>();

  ScriptedRandom(String name) {
    this.name = name;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += Hash.SIZE) {
      byte[] block =
          Hash.SHA_256.of((name + "/" + given.size() + "/" + at).getBytes(StandardCharsets.UTF_8));
      System.arraycopy(block, 0, bytes, at, Math.min(Hash.SIZE, bytes.length - at));
    }
    given.add(bytes.clone());
  }

  /** What was given, in order. */
  List<byte[]> given() {
    return List.copyOf(given);
  }
}
