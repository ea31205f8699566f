package io.quantchat.infra.local.web;

import java.nio.file.Path;

/**
 * Where the browser client is read from.
 *
 * @param built the folder with what was built of it; it need not be there
 * @param headers the file with the headers that it is served with
 */
public record ClientPlace(Path built, Path headers) {

  /** System property: the folder with what was built; the project's own where it isn't set. */
  public static final String BUILT_PROPERTY = "quantchat.web";

  /** In the project's folder, or in that of an unpacked archive. */
  public static ClientPlace in(Path home) {
    String typed = System.getProperty(BUILT_PROPERTY);
    return new ClientPlace(
        typed == null ? home.resolve("web/target/dist") : Path.of(typed),
        home.resolve("infra/web-headers.json"));
  }
}
