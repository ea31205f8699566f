package io.quantchat.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Sealed files for {@link KnownAnswers}, and messages with files. */
final class KnownFiles {

  private static final int SMALL = 100;

  private KnownFiles() {}

  static Map<String, Object> make() {
    try (Secret key = SealedFiles.KEY.toSecret();
        Secret delete = SealedFiles.KEY.deleteSecret()) {
      return ordered(
          "about",
          "Byte i of a file is i modulo 251. Of a refused one the first bytes are those of the"
              + " sealed one of 100 bytes, its byte at is turned by the exclusive or, and more is"
              + " behind.",
          "key",
          hex(key.bytes()),
          "delete_secret",
          hex(delete.bytes()),
          "delete_hash",
          hex(SealedFiles.KEY.deleteHash()),
          "sizes",
          sizes(),
          "sealed",
          Stream.of(0, SMALL, 65_480, 65_481, 200_000)
              .map(KnownFiles::sealed)
              .collect(Collectors.toList()),
          "refused",
          refused(),
          "messages",
          messages());
    }
  }

  private static List<Object> sizes() {
    return LongStream.of(0, 4096, 4097, 65_480, 1_000_000, 16 << 20, 99_999_999, 100 << 20)
        .mapToObj(
            size ->
                ordered(
                    "size", size,
                    "padded", FileForm.paddedSize(size),
                    "sealed", FileSealer.sealedSize(size)))
        .collect(Collectors.toList());
  }

  private static Map<String, Object> sealed(int size) {
    var random = new ScriptedRandom("file of " + size);
    var bytes = new ByteArrayOutputStream();
    try {
      new FileSealer(random)
          .seal(SealedFiles.KEY, new ByteArrayInputStream(SealedFiles.counting(size)), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] header = Arrays.copyOf(bytes.toByteArray(), FileForm.HEADER);
    Map<String, Object> answer = ordered("size", size, "header", hex(header));
    try (Secret contentKey =
        SealedFiles.KEY.contentKey(Arrays.copyOfRange(header, 1, 1 + FileForm.SALT))) {
      answer.put("content_key", hex(contentKey.bytes()));
    }
    if (size == SMALL) {
      answer.put("sealed", hex(bytes.toByteArray()));
    }
    answer.put("sha256", hex(Hash.SHA_256.of(bytes.toByteArray())));
    return answer;
  }

  private static List<Object> refused() {
    int whole = (int) FileSealer.sealedSize(SMALL);
    return List.of(
        refusal(SMALL, whole, 0, 1, "", Refusal.MALFORMED),
        refusal(SMALL, whole, 1, 128, "", Refusal.WRONG_CONTENT),
        refusal(SMALL, whole, 33, 1, "", Refusal.WRONG_CONTENT),
        refusal(SMALL, whole, 40, 1, "", Refusal.WRONG_CONTENT),
        refusal(SMALL, whole, whole - 17, 1, "", Refusal.WRONG_CONTENT),
        refusal(SMALL, whole, whole - 1, 1, "", Refusal.WRONG_CONTENT),
        refusal(SMALL, 0, 0, 0, "", Refusal.TRUNCATED),
        refusal(SMALL, 40, 0, 0, "", Refusal.TRUNCATED),
        refusal(SMALL, whole - 1, 0, 0, "", Refusal.TRUNCATED),
        refusal(SMALL, whole, 0, 0, "00", Refusal.EXTENDED),
        refusal(SMALL - 1, whole, 0, 0, "", Refusal.MALFORMED),
        refusal(4097, whole, 0, 0, "", Refusal.TRUNCATED),
        refusal(FileSealer.MOST_SIZE + 1, whole, 0, 0, "", Refusal.EXTENDED));
  }

  private static Map<String, Object> refusal(
      long size, int first, int at, int turned, String more, Refusal refusal) {
    return ordered(
        "size", size,
        "first", first,
        "at", at,
        "turned", turned,
        "more", more,
        "refusal", refusal.name());
  }

  /** Texts and what is said outside of them. */
  private static List<Object> messages() {
    AttachedFile note = file("A", 100);
    AttachedFile photo = photo();
    List<MediaRef> both = refs(note, photo);
    MediaRef wrongSize = new MediaRef(note.mediaId(), 100, new byte[32]);
    return List.of(
        message(List.of(), List.of(), null),
        message(List.of(note, photo), list(both), null),
        message(List.of(note, photo), list(both.reversed()), Refusal.WRONG_MEDIA),
        message(List.of(note, photo), list(refs(note)), Refusal.WRONG_MEDIA),
        message(List.of(note), list(both), Refusal.WRONG_MEDIA),
        message(List.of(note), List.of(), Refusal.WRONG_MEDIA),
        message(List.of(), list(refs(note)), Refusal.WRONG_MEDIA),
        message(List.of(note), list(refs(file("B", 100))), Refusal.WRONG_MEDIA),
        message(List.of(note), list(List.of(wrongSize)), Refusal.WRONG_MEDIA),
        message(List.of(note), List.of("x"), Refusal.MALFORMED),
        message(List.of(note), List.of(of(note, "sha256", null)), Refusal.MISSING),
        message(List.of(note), List.of(of(note, "sha256", "AAAA")), Refusal.TRUNCATED),
        message(List.of(note), List.of(of(note, "size", "100")), Refusal.MALFORMED),
        message(List.of(note), List.of(of(note, "zest", true)), null));
  }

  private static Map<String, Object> message(
      List<AttachedFile> files, List<?> refs, Refusal refusal) {
    byte[] content = text(Messages.TEXT, files).encode().orElseThrow();
    return ordered(
        "content",
        hex(content),
        "media_refs",
        refs,
        "refusal",
        refusal == null ? null : refusal.name());
  }

  private static List<?> list(List<MediaRef> refs) {
    return MediaRefs.of(refs).values();
  }

  private static Map<String, Object> of(AttachedFile file, String member, Object value) {
    var map = new LinkedHashMap<>(file.ref(new byte[32]).toMap());
    map.put(member, value);
    map.values().removeIf(Objects::isNull);
    return map;
  }

  static List<MediaRef> refs(AttachedFile... files) {
    return Arrays.stream(files).map(file -> file.ref(new byte[32])).toList();
  }

  static Content.Text text(String text, List<AttachedFile> files) {
    return new Content.Text(
        text, KnownContents.PLACE, Numbers.NONE, List.of(), Optional.empty(), files);
  }

  /**
   * @param letter the id is 43 of it
   */
  static AttachedFile file(String letter, long size) {
    return new AttachedFile(
        letter.repeat(42) + "A",
        SealedFiles.KEY,
        "notes \"1\".txt",
        "text/plain",
        size,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static AttachedFile photo() {
    return new AttachedFile(
        "_".repeat(42) + "8",
        SealedFiles.KEY,
        "Grüße, 世界 \uD83D\uDE00.jpg",
        "image/jpeg",
        1_000_000,
        Optional.of(new PixelSize(4000, 65_535)),
        Optional.of(thumbnail(8)),
        Optional.of("LEHV6nWB2yk8pyo0adR*.7kCMdnj"));
  }

  static Thumbnail thumbnail(int size) {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex("ffd8ffe0"), size);
    return new Thumbnail(bytes);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
