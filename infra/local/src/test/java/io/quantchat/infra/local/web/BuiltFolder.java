package io.quantchat.infra.local.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small client as a build leaves it. */
public final class BuiltFolder {

  /** What {@code sha256sum} prints of the files, by {@code sha256sum}. */
  public static final String HASH =
      "010cc95006282bdbb0fb1254e46a3ef92f6d3e8cc36db3c765e0699568282a40";

  public static final String SCRIPT = "/assets/main-1a2b.js";

  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "<p>Hello</p>\n",
          "assets/main-1a2b.js", "export {};\n",
          "assets/_b.css", "b");

  private BuiltFolder() {}

  /** Writes it. */
  public static Path in(Path folder) throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      write(folder, file.getKey(), file.getValue());
    }
    return write(folder, "build.json", "{\"build\":\"" + HASH + "\"}");
  }

  static Path write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return folder;
  }
}
