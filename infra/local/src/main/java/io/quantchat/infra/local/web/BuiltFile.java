package io.quantchat.infra.local.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file of a built client. */
final class BuiltFile {

  /** Of the digest in hexadecimal, as much as no two versions of a file share by chance. */
  private static final int TAG_LENGTH = 32;

  private final MediaType type;
  private final byte[] content;
  private final String digest;
  private Optional<byte[]> shrunk = Optional.empty();
  private boolean tried;

  /**
   * @param digest SHA-256 of the content, in hexadecimal
   */
  BuiltFile(MediaType type, byte[] content, String digest) {
    this.type = type;
    this.content = content;
    this.digest = digest;
  }

  MediaType type() {
    return type;
  }

  byte[] content() {
    return content;
  }

  /** SHA-256 of the content, in hexadecimal. */
  String digest() {
    return digest;
  }

  /** The entity tag: one of the content as it is, another of it in gzip (RFC 9110, 8.8.3.3). */
  String tag(boolean inGzip) {
    return "\"" + digest.substring(0, TAG_LENGTH) + (inGzip ? "-gzip" : "") + "\"";
  }

  /** The content in gzip, made when it is first asked for; empty where that isn't smaller. */
  synchronized Optional<byte[]> inGzip() {
    if (!tried && type.shrinks()) {
      shrunk = Optional.of(gzip()).filter(smaller -> smaller.length < content.length);
    }
    tried = true;
    return shrunk;
  }

  private byte[] gzip() {
    var out = new ByteArrayOutputStream(content.length / 2);
    try (var zipped =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      zipped.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
