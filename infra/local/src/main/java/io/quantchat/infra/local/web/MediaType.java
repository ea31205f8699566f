package io.quantchat.infra.local.web;

import java.util.Arrays;

/** The kinds of files that a built client consists of. */
enum MediaType {
  HTML(".html", "text/html; charset=utf-8", true),
  SCRIPT(".js", "text/javascript; charset=utf-8", true),
  STYLE(".css", "text/css; charset=utf-8", true),
  JSON(".json", "application/json", true),
  SOURCE_MAP(".map", "application/json", true),
  MANIFEST(".webmanifest", "application/manifest+json", true),
  TEXT(".txt", "text/plain; charset=utf-8", true),
  SVG(".svg", "image/svg+xml", true),
  PNG(".png", "image/png", false),
  ICON(".ico", "image/vnd.microsoft.icon", false),
  WEBP(".webp", "image/webp", false),
  FONT(".woff2", "font/woff2", false),
  WASM(".wasm", "application/wasm", true),
  OTHER("", "application/octet-stream", false);

  private final String extension;
  private final String name;
  private final boolean shrinks;

  MediaType(String extension, String name, boolean shrinks) {
    this.extension = extension;
    this.name = name;
    this.shrinks = shrinks;
  }

  /** That of a file. */
  static MediaType of(String path) {
    return Arrays.stream(values())
        .filter(type -> path.endsWith(type.extension))
        .findFirst()
        .orElse(OTHER);
  }

  /** As {@code Content-Type} says it. */
  String header() {
    return name;
  }

  /** Whether gzip makes such a file smaller. */
  boolean shrinks() {
    return shrinks;
  }
}
