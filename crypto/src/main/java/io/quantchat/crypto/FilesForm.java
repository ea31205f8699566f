package io.quantchat.crypto;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a message as they stand in its header. */
final class FilesForm {

  static final String FILES = "files";
  static final String FIELD = ContentForm.FIELD + "." + FILES;
  static final String ID = "id";
  static final String NAME = "name";
  static final String TYPE = "type";
  static final String SIZE = "size";
  static final String BLURHASH = "blurhash";

  private static final String KEY = "key";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String THUMBNAIL = "thumbnail";

  private FilesForm() {}

  static List<Map<String, Object>> of(List<AttachedFile> files) {
    return files.stream().map(FilesForm::of).toList();
  }

  private static Map<String, Object> of(AttachedFile file) {
    var map = new LinkedHashMap<String, Object>();
    map.put(ID, file.mediaId());
    try (Secret key = file.key().toSecret()) {
      map.put(KEY, Base64Text.encode(key.bytes()));
    }
    map.put(NAME, file.name());
    map.put(TYPE, file.type());
    map.put(SIZE, file.size());
    file.pixels()
        .ifPresent(
            pixels -> {
              map.put(WIDTH, (long) pixels.width());
              map.put(HEIGHT, (long) pixels.height());
            });
    file.thumbnail()
        .ifPresent(thumbnail -> map.put(THUMBNAIL, Base64Text.encode(thumbnail.bytes())));
    file.blurhash().ifPresent(blurhash -> map.put(BLURHASH, blurhash));
    return map;
  }

  /** None where there is no member; else one at least. */
  static List<AttachedFile> from(WireFields header) {
    if (!header.has(FILES)) {
      return List.of();
    }
    List<AttachedFile> files =
        header.objects(FILES, Content.MOST_FILES).stream().map(FilesForm::read).toList();
    RefusedException.require(!files.isEmpty(), Refusal.TRUNCATED, FIELD);
    return files;
  }

  private static AttachedFile read(WireFields fields) {
    String mediaId = fields.text(ID);
    byte[] key = fields.bytes(KEY, FileKey.SIZE);
    try (Secret wiped = Secret.owning(key)) {
      return new AttachedFile(
          mediaId,
          FileKey.of(wiped.bytes()),
          fields.text(NAME),
          fields.text(TYPE),
          fields.number(SIZE),
          pixels(fields),
          fields.has(THUMBNAIL)
              ? Optional.of(new Thumbnail(fields.bytes(THUMBNAIL, 1, Thumbnail.MOST)))
              : Optional.empty(),
          fields.optionalText(BLURHASH));
    }
  }

  /** What files of one message must be beside each other. */
  static void requireTogether(List<AttachedFile> files) {
    RefusedException.require(files.size() <= Content.MOST_FILES, Refusal.EXTENDED, FIELD);
    RefusedException.require(
        files.stream().map(AttachedFile::mediaId).distinct().count() == files.size(),
        Refusal.MALFORMED,
        FIELD);
    int thumbnails =
        files.stream()
            .flatMap(file -> file.thumbnail().stream())
            .mapToInt(thumbnail -> thumbnail.bytes().length)
            .sum();
    RefusedException.require(
        thumbnails <= Thumbnail.MOST, Refusal.EXTENDED, FIELD + "." + THUMBNAIL);
  }

  /** Both or neither. */
  private static Optional<PixelSize> pixels(WireFields fields) {
    if (!fields.has(WIDTH) && !fields.has(HEIGHT)) {
      return Optional.empty();
    }
    return Optional.of(new PixelSize(pixels(fields, WIDTH), pixels(fields, HEIGHT)));
  }

  private static int pixels(WireFields fields, String name) {
    return (int) Math.min(fields.number(name), PixelSize.MOST + 1L);
  }
}
