package io.quantchat.client.pictures;

import io.quantchat.client.model.MetadataException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Copies files, pictures among them without their metadata. */
public final class Cleaning {

  private static final int BUFFER = 64 * 1024;
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}");

  private Cleaning() {}

  /**
   * What was copied.
   *
   * @param type its media type: by its content, else by its name
   * @param size as the picture is shown, where it is one and says so
   * @param facts what else is known of the picture
   */
  public record Copied(String type, Optional<PixelSize> size, Facts facts) {}

  /**
   * Copies a file without metadata.
   *
   * @param name what it is called: a picture by its name that isn't one by its content is refused
   * @throws MetadataException where it has metadata, or may have, that can't be removed; part of it
   *     may have been copied
   */
  public static Copied clean(Path file, String name, OutputStream to) throws IOException {
    Optional<WebpCopy.Measure> measure = measure(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), Format.HEAD)) {
      Optional<Format> format = format(in);
      if (format.isEmpty() && Format.claimedBy(name).isPresent() && hasContent(in)) {
        throw new MetadataException(
            "By its name this is a picture, by its content it is none that is known: nothing can be"
                + " removed from it surely.");
      }
      if (format.isPresent() && !format.get().isCleaned()) {
        throw new MetadataException(
            "Metadata can't be removed from pictures of this format: convert it to a JPEG or a"
                + " PNG.");
      }
      var out = new BufferedOutputStream(to, BUFFER);
      Facts facts = format.isPresent() ? copy(format.get(), in, out, measure) : whole(in, out);
      out.flush();
      return copied(format, name, facts);
    }
  }

  /** Copies a file as it is. */
  public static Copied keep(Path file, String name, OutputStream to) throws IOException {
    Optional<Format> format;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), Format.HEAD)) {
      format = format(in);
      in.transferTo(to);
    }
    return copied(format, name, facts(file, format));
  }

  /** A picture that can't be read is sent all the same, where it is to be kept as it is. */
  private static Facts facts(Path file, Optional<Format> format) throws IOException {
    if (format.filter(Format::isCleaned).isEmpty()) {
      return Facts.UNKNOWN;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return copy(format.get(), in, OutputStream.nullOutputStream(), measure(file));
    } catch (MetadataException malformed) {
      return Facts.UNKNOWN;
    }
  }

  private static Copied copied(Optional<Format> format, String name, Facts facts) {
    return new Copied(
        format.map(Format::type).orElseGet(() -> typeByName(name)), facts.shown(), facts);
  }

  private static String typeByName(String name) {
    return Optional.ofNullable(URLConnection.guessContentTypeFromName(name))
        .map(type -> type.toLowerCase(Locale.ROOT))
        .filter(type -> TYPE.matcher(type).matches())
        .orElse(UNKNOWN_TYPE);
  }

  private static Facts copy(
      Format format, InputStream in, OutputStream out, Optional<WebpCopy.Measure> measure)
      throws IOException {
    var picture = new PictureInput(in, out);
    return switch (format) {
      case JPEG -> new JpegCopy(picture).copy();
      case PNG -> new PngCopy(picture, out).copy();
      case GIF -> new GifCopy(picture).copy();
      case WEBP ->
          WebpCopy.copy(
              picture,
              out,
              measure.orElseThrow(
                  () -> new MetadataException("The picture has changed while it was read.")));
      default -> throw new IllegalArgumentException("No pictures of this format are cleaned");
    };
  }

  private static Facts whole(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
    return Facts.UNKNOWN;
  }

  private static Optional<WebpCopy.Measure> measure(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), Format.HEAD)) {
      return format(in).equals(Optional.of(Format.WEBP))
          ? Optional.of(WebpCopy.measure(new PictureInput(in, OutputStream.nullOutputStream())))
          : Optional.empty();
    }
  }

  /** Looks at the first bytes, and goes back to them. */
  private static Optional<Format> format(InputStream in) throws IOException {
    in.mark(Format.HEAD);
    byte[] head = in.readNBytes(Format.HEAD);
    in.reset();
    return Format.of(head);
  }

  private static boolean hasContent(InputStream in) throws IOException {
    in.mark(1);
    boolean hasContent = in.read() >= 0;
    in.reset();
    return hasContent;
  }
}
