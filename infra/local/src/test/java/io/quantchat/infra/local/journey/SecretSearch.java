package io.quantchat.infra.local.journey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for secrets in texts, in each form in which programs come to write them: as they are, in
 * base64 (either alphabet, at any of the three offsets), in hex, percent-encoded, with JSON's
 * escapes, and as a list of numbers. A part of {@value #RUN} characters is found as well as the
 * whole.
 */
final class SecretSearch {

  /** Long enough not to come about by chance, short enough for a text that was cut. */
  static final int RUN = 16;

  /** Characters of base64 that hold bits of the 16 bytes of an id. */
  private static final int ACCOUNT_ID = 22;

  /** A code that people type is shorter, and is looked for as a whole. */
  private static final int SHORTEST_CODE = 10;

  /** From each run of characters to the secret and the form that it is of. */
  private final Map<String, String> runs = new ConcurrentHashMap<>();

  /** The same of what is looked for as a whole. */
  private final Map<String, String> wholes = new ConcurrentHashMap<>();

  /** Adds a text that must be nowhere. */
  SecretSearch add(String name, String secret) {
    return add(name, secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a token that begins with its account's id, which is no secret: the rest of it. */
  SecretSearch addToken(String name, String token) {
    return add(name, token.substring(ACCOUNT_ID));
  }

  /**
   * Adds bytes that must be nowhere.
   *
   * @throws IllegalArgumentException for fewer than {@value #RUN}, which come about by chance
   */
  SecretSearch add(String name, byte[] secret) {
    if (secret.length < RUN) {
      throw new IllegalArgumentException("Too short to be looked for: " + name);
    }
    forms(secret)
        .forEach(
            (form, texts) ->
                texts.forEach(
                    text -> {
                      for (int at = 0; at + RUN <= text.length(); at++) {
                        runs.putIfAbsent(text.substring(at, at + RUN), name + " " + form);
                      }
                    }));
    return this;
  }

  /**
   * Adds a code that must be nowhere, however its groups are joined.
   *
   * @throws IllegalArgumentException for one that comes about by chance
   */
  SecretSearch addCode(String name, String code) {
    for (String written : Set.of(code, code.replace("-", ""), code.replace("-", " "))) {
      if (written.length() < SHORTEST_CODE) {
        throw new IllegalArgumentException("Too short to be looked for: " + name);
      }
      forms(written.getBytes(StandardCharsets.UTF_8))
          .forEach(
              (form, texts) ->
                  texts.stream()
                      .filter(text -> text.length() >= SHORTEST_CODE)
                      .forEach(text -> wholes.put(text, name + " " + form)));
    }
    return this;
  }

  /** The secrets that stand in a text, each with its form. */
  Set<String> find(String text) {
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + RUN <= text.length(); at++) {
      String hit = runs.get(text.substring(at, at + RUN));
      if (hit != null) {
        found.add(hit);
      }
    }
    wholes.forEach(
        (whole, named) -> {
          if (text.contains(whole)) {
            found.add(named);
          }
        });
    return found;
  }

  /** Every form of a secret, by its name. */
  static Map<String, List<String>> forms(byte[] secret) {
    String text = new String(secret, StandardCharsets.UTF_8);
    String percent = URLEncoder.encode(text, StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(secret);
    Map<String, List<String>> forms = new HashMap<>();
    forms.put("as it is", List.of(text, new String(secret, StandardCharsets.ISO_8859_1)));
    forms.put("in base64", inBase64(secret));
    forms.put("in hex", List.of(hex, HexFormat.of().withUpperCase().formatHex(secret)));
    forms.put("percent-encoded", List.of(percent, percent.replace("+", "%20")));
    forms.put("with JSON's escapes", List.of(inJson(text, "%04x"), inJson(text, "%04X")));
    forms.put("as numbers", List.of(Arrays.toString(secret)));
    return forms;
  }

  /** The part that all base64 of it has in common, whatever stands before and behind. */
  private static List<String> inBase64(byte[] secret) {
    List<String> encodings = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + secret.length];
      System.arraycopy(secret, 0, shifted, before, secret.length);
      int whole = shifted.length - shifted.length % 3;
      String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(shifted, whole));
      // The first group holds bits of what stands before.
      String common = before == 0 ? encoded : encoded.substring(4);
      encodings.add(common);
      encodings.add(common.replace('+', '-').replace('/', '_'));
    }
    return encodings;
  }

  /** RFC 8259 §7, with all escaped that some programs escape. */
  private static String inJson(String text, String number) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"', '\\', '/' -> escaped.append('\\').append(character);
        default -> {
          if (character < ' ' || character > '~') {
            escaped.append("\\u").append(number.formatted((int) character));
          } else {
            escaped.append(character);
          }
        }
      }
    }
    return escaped.toString();
  }
}
