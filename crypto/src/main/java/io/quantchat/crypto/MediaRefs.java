package io.quantchat.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The {@code media_refs} of a message: any JSON but for numbers that aren't whole, of which the
 * signatures cover the values, not the text. Each value is one byte that says its type, and:
 *
 * <table>
 * <caption>Types</caption>
 * <tr><td>n</td><td>null: nothing</td></tr>
 * <tr><td>t, f</td><td>true, false: nothing</td></tr>
 * <tr><td>i</td><td>a whole number within ±(2⁵³ - 1): 8 bytes, two's complement, big endian</td></tr>
 * <tr><td>s</td><td>a string: its UTF-8</td></tr>
 * <tr><td>a</td><td>an array: each value behind its length in 4 bytes</td></tr>
 * <tr><td>o</td><td>an object: name and value, each behind its length in 4 bytes, sorted by the
 * names' UTF-8 bytes</td></tr>
 * </table>
 *
 * The hash is of the list's content without its {@code a}: nothing for an empty list.
 *
 * @param values at most {@value #MOST}, {@value #DEEPEST} deep
 */
public record MediaRefs(List<?> values) {

  static final int MOST = 32;
  static final int DEEPEST = 8;

  /** Those of a message without attachments. */
  public static final MediaRefs NONE = new MediaRefs(List.of());

  static final String FIELD = "media_refs";

  /**
   * @throws RefusedException EXTENDED, or MALFORMED for what can't be signed
   */
  public MediaRefs {
    RefusedException.require(values.size() <= MOST, Refusal.EXTENDED, FIELD);
    values = Collections.unmodifiableList(new ArrayList<>(values));
    listContent(values, 0);
  }

  /** Those of a message with files, in the files' order. */
  public static MediaRefs of(List<MediaRef> files) {
    return new MediaRefs(files.stream().map(MediaRef::toMap).toList());
  }

  /**
   * What is said of a message's files.
   *
   * @throws RefusedException where they are not all of files: MISSING, MALFORMED, TRUNCATED or
   *     EXTENDED
   */
  public List<MediaRef> files() {
    return WireFields.of(Map.of(FIELD, values)).objects(FIELD, MOST).stream()
        .map(MediaRef::from)
        .toList();
  }

  /**
   * Refuses what isn't said of the same files as inside, in the same order.
   *
   * @throws RefusedException WRONG_MEDIA, or what {@link #files()} says
   */
  void requireOf(List<AttachedFile> files) {
    RefusedException.require(values.size() == files.size(), Refusal.WRONG_MEDIA, FIELD);
    List<MediaRef> refs = files();
    for (int i = 0; i < refs.size(); i++) {
      MediaRef ref = refs.get(i);
      RefusedException.require(
          ref.equals(files.get(i).ref(ref.sha256())), Refusal.WRONG_MEDIA, FIELD + "[" + i + "]");
    }
  }

  byte[] hash(Hash hash) {
    return hash.of(content());
  }

  byte[] content() {
    return listContent(values, 0);
  }

  private static byte[] encode(Object value, int depth) {
    RefusedException.require(depth <= DEEPEST, Refusal.EXTENDED, FIELD);
    return switch (value) {
      case null -> tagged('n', new byte[0]);
      case Boolean flag -> tagged(flag ? 't' : 'f', new byte[0]);
      case Integer number -> number(number);
      case Long number -> number(number);
      case String text -> tagged('s', utf8(text));
      case List<?> list -> tagged('a', listContent(list, depth));
      case Map<?, ?> object -> tagged('o', objectContent(object, depth));
      default -> throw new RefusedException(Refusal.MALFORMED, FIELD);
    };
  }

  private static byte[] number(long number) {
    RefusedException.require(
        Math.abs(number) <= WireFields.LARGEST_NUMBER && number != Long.MIN_VALUE,
        Refusal.MALFORMED,
        FIELD);
    return tagged('i', ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static byte[] listContent(List<?> list, int depth) {
    var content = new Transcript();
    list.forEach(value -> content.add(encode(value, depth + 1)));
    return content.toBytes();
  }

  private static byte[] objectContent(Map<?, ?> object, int depth) {
    var members = new ArrayList<byte[][]>();
    object.forEach(
        (name, value) -> {
          if (!(name instanceof String text)) {
            throw new RefusedException(Refusal.MALFORMED, FIELD);
          }
          members.add(new byte[][] {utf8(text), encode(value, depth + 1)});
        });
    members.sort((one, other) -> Arrays.compareUnsigned(one[0], other[0]));
    var content = new Transcript();
    members.forEach(member -> content.add(member[0]).add(member[1]));
    return content.toBytes();
  }

  private static byte[] utf8(String text) {
    return Utf8Text.encode(FIELD, text);
  }

  private static byte[] tagged(char tag, byte[] content) {
    return ByteBuffer.allocate(1 + content.length).put((byte) tag).put(content).array();
  }
}
