package io.quantchat.infra.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for secrets in bytes: for any 16 characters in a row of one, as it is, in base64 (either
 * alphabet, at any of the three offsets) or in hex, if they are no row of zeros or the like.
 */
final class TextSearch implements Search {

  /** Long enough not to come about by chance, short enough for a part of a text to be found. */
  static final int RUN = 16;

  /**
   * A run has so many different characters. Fewer, such as the zeros and small numbers of a JPEG's
   * tables, may be in what has nothing to do with it: an ML-DSA signature ends in as many zeros and
   * then six numbers that grow (FIPS 204, algorithm 20), which is in base64 what those are.
   */
  private static final int DIFFERENT = 9;

  /** From each run to the form that it is of. */
  private final Map<String, String> runs = new HashMap<>();

  /** The first two characters of each run: few places need a closer look. */
  private final BitSet beginnings = new BitSet(1 << Character.SIZE);

  /**
   * @throws IllegalArgumentException for a secret that is too short to be looked for
   */
  TextSearch(Collection<byte[]> secrets) {
    for (byte[] secret : secrets) {
      if (secret.length < RUN) {
        throw new IllegalArgumentException("A secret has at least " + RUN + " bytes here");
      }
      add("as it is", latin1(secret));
      add("in hex", HexFormat.of().formatHex(secret));
      add("in hex", HexFormat.of().withUpperCase().formatHex(secret));
      for (String encoded : inBase64(secret)) {
        add("in base64", encoded);
        add("in base64url", encoded.replace('+', '-').replace('/', '_'));
      }
    }
  }

  static TextSearch of(Collection<String> texts) {
    return new TextSearch(
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  @Override
  public Optional<String> find(byte[] bytes) {
    String text = latin1(bytes);
    for (int at = 0; at + RUN <= text.length(); at++) {
      if (beginnings.get(beginning(text, at))) {
        String form = runs.get(text.substring(at, at + RUN));
        if (form != null) {
          return Optional.of(form);
        }
      }
    }
    return Optional.empty();
  }

  private void add(String form, String text) {
    for (int at = 0; at + RUN <= text.length(); at++) {
      String run = text.substring(at, at + RUN);
      if (run.chars().distinct().count() >= DIFFERENT) {
        runs.putIfAbsent(run, form);
        beginnings.set(beginning(text, at));
      }
    }
  }

  private static int beginning(String latin1, int at) {
    return latin1.charAt(at) << Byte.SIZE | latin1.charAt(at + 1);
  }

  /** The part that all base64 of it has in common, whatever stands before and behind. */
  static List<String> inBase64(byte[] secret) {
    var encodings = new ArrayList<String>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + secret.length];
      System.arraycopy(secret, 0, shifted, before, secret.length);
      int whole = shifted.length - shifted.length % 3;
      String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(shifted, whole));
      // The first group holds bits of what stands before.
      encodings.add(before == 0 ? encoded : encoded.substring(4));
    }
    return encodings;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
