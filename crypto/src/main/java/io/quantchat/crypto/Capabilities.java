package io.quantchat.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The abilities of a program: the {@code crypto_version} of each suite that it opens, {@link
 * Content#CAPABILITY}, {@link Content#FILES}, and names that are for programs to come.
 *
 * @param names sorted, each once; 1 to {@value #MOST} of 1 to 32 characters {@code a-z 0-9 . -}
 */
public record Capabilities(List<String> names) {

  static final int MOST = 16;

  private static final Pattern FORM = Pattern.compile("[a-z0-9.-]{1,32}");
  private static final String FIELD = "capabilities";

  /**
   * Sorts them.
   *
   * @throws RefusedException MISSING, EXTENDED or MALFORMED
   */
  public Capabilities {
    names = names.stream().sorted().toList();
    RefusedException.require(!names.isEmpty(), Refusal.MISSING, FIELD);
    RefusedException.require(names.size() <= MOST, Refusal.EXTENDED, FIELD);
    boolean wellFormed = names.stream().allMatch(name -> FORM.matcher(name).matches());
    boolean distinct = names.stream().distinct().count() == names.size();
    RefusedException.require(wellFormed && distinct, Refusal.MALFORMED, FIELD);
  }

  /** Those of a program that opens these suites. */
  public static Capabilities of(Suite... suites) {
    return new Capabilities(Arrays.stream(suites).map(Suite::version).toList());
  }

  /** Those of this program. */
  public static Capabilities ofThisProgram() {
    return new Capabilities(
        Stream.concat(
                of(Suite.values()).names().stream(), Stream.of(Content.CAPABILITY, Content.FILES))
            .toList());
  }

  boolean include(Suite suite) {
    return names.contains(suite.version());
  }

  /** The strongest suite that both have. */
  Optional<Suite> bestCommon(Capabilities other) {
    return Suite.strongestFirst()
        .filter(suite -> include(suite) && other.include(suite))
        .findFirst();
  }

  byte[] hash(Hash hash) {
    var list = new Transcript();
    names.forEach(list::add);
    return hash.of(list);
  }
}
