package io.quantchat.client.accountfile;

import io.quantchat.client.model.FileState;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileEntry.About;
import io.quantchat.client.store.FileEntry.Ciphertext;
import io.quantchat.client.store.FileEntry.Way;
import io.quantchat.crypto.PixelSize;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message's file as its line describes it: without its bytes. What the server has can be fetched
 * from wherever the account is; all else is gone there.
 */
final class FileLines {

  private static final String STAYED = "it stayed where the account file was made";
  private static final int KEY_SIZE = 32;
  private static final int DIGEST_SIZE = 32;
  private static final int MOST_PIXELS = 65_535;

  private FileLines() {}

  static Map<String, Object> of(FileEntry entry) {
    About about = entry.about();
    var line = new LinkedHashMap<String, Object>();
    line.put("name", about.name());
    line.put("type", about.type());
    line.put("size", about.size());
    about
        .pixels()
        .ifPresent(
            is -> {
              line.put("width", is.width());
              line.put("height", is.height());
            });
    about.thumbnail().ifPresent(is -> line.put("thumbnail", text(is)));
    about.blurhash().ifPresent(is -> line.put("blurhash", is));
    about.digest().ifPresent(is -> line.put("digest", is));
    line.put("key", text(entry.sealed().key()));
    line.put("sealed_size", entry.sealed().size());
    line.put("sealed_sha256", text(entry.sealed().sha256()));
    Way way = entry.way();
    way.mediaId().ifPresent(is -> line.put("media_id", is));
    way.until().ifPresent(is -> line.put("until", is.toEpochMilli()));
    boolean isOnServer = way.state() == FileState.ON_SERVER || way.state() == FileState.FETCHING;
    line.put("state", (isOnServer ? FileState.ON_SERVER : FileState.GONE).wireName());
    if (!isOnServer) {
      line.put("fault", way.state() == FileState.GONE ? way.fault().orElse(STAYED) : STAYED);
    }
    return line;
  }

  static FileEntry read(Fields line) {
    return new FileEntry(about(line), sealed(line), way(line));
  }

  private static About about(Fields line) {
    return new About(
        line.text("name"),
        line.text("type"),
        line.number("size", Fields.LARGEST),
        line.has("width") || line.has("height") ? Optional.of(pixels(line)) : Optional.empty(),
        line.has("thumbnail") ? Optional.of(line.bytes("thumbnail")) : Optional.empty(),
        line.optionalText("blurhash"),
        line.optionalText("digest"));
  }

  private static PixelSize pixels(Fields line) {
    return line.made(
        () ->
            new PixelSize(
                (int) line.number("width", MOST_PIXELS), (int) line.number("height", MOST_PIXELS)));
  }

  private static Ciphertext sealed(Fields line) {
    return new Ciphertext(
        line.bytes("key", KEY_SIZE),
        line.number("sealed_size", Fields.LARGEST),
        line.bytes("sealed_sha256", DIGEST_SIZE),
        List.of());
  }

  private static Way way(Fields line) {
    Optional<String> mediaId = line.optionalText("media_id");
    boolean isOnServer = line.text("state").equals(FileState.ON_SERVER.wireName());
    if (isOnServer ? mediaId.isEmpty() : !line.text("state").equals(FileState.GONE.wireName())) {
      throw line.senseless();
    }
    return new Way(
        isOnServer ? FileState.ON_SERVER : FileState.GONE,
        mediaId,
        0,
        line.optionalTime("until"),
        false,
        isOnServer ? Optional.empty() : Optional.of(line.optionalText("fault").orElse(STAYED)));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
