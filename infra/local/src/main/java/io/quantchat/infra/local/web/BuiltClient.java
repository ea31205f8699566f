package io.quantchat.infra.local.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quantchat.infra.local.gateway.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was built of the browser client, in memory as it was at one moment: a build that replaces it
 * meanwhile, or a link that somebody puts beside it, changes nothing.
 *
 * <p>Its hash is SHA-256 over one line for each file, in the order of their names: the file's own
 * SHA-256, two blanks, its name; as {@code sha256sum} prints them. {@code build.json} says it, and
 * is no part of it.
 */
public final class BuiltClient {

  private static final String START = "index.html";
  private static final String MANIFEST = "build.json";

  /** Names that stand in a URL as they are; none begins with a dot. */
  private static final Pattern PLAIN = Pattern.compile("\\w[\\w.-]*(/\\w[\\w.-]*)*");

  private final Map<String, BuiltFile> files;
  private final String hash;

  private BuiltClient(Map<String, BuiltFile> files, String hash) {
    this.files = files;
    this.hash = hash;
  }

  /**
   * Reads it. Links in it, and files whose names would have to be escaped, are left out.
   *
   * @return empty if nothing was built there
   * @throws UnusableClient if what is there isn't whole
   */
  public static Optional<BuiltClient> read(Path folder) throws UnusableClient {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      SortedMap<String, BuiltFile> files = files(folder);
      BuiltFile manifest = files.remove(MANIFEST);
      String hash = hash(files);
      if (manifest == null || !files.containsKey(START) || !hash.equals(hashIn(manifest))) {
        throw new UnusableClient(
            "What is in %s isn't all that was built of the browser client: remove it, and start"
                    .formatted(folder.toAbsolutePath())
                + " ./quantchat up again.");
      }
      files.put(MANIFEST, manifest);
      return Optional.of(new BuiltClient(files, hash));
    } catch (IOException e) {
      throw new UnusableClient(
          "The browser client in %s can't be read: %s".formatted(folder.toAbsolutePath(), e), e);
    }
  }

  private static SortedMap<String, BuiltFile> files(Path folder) throws IOException {
    SortedMap<String, BuiltFile> files = new TreeMap<>();
    // Real folders and files alone: a walk follows no link, not even the folder's own.
    Path real = folder.toRealPath();
    try (Stream<Path> walk = Files.walk(real)) {
      List<Path> found = walk.filter(BuiltClient::isFile).toList();
      for (Path each : found) {
        String name = real.relativize(each).toString();
        if (PLAIN.matcher(name).matches()) {
          byte[] content = Files.readAllBytes(each);
          files.put(name, new BuiltFile(MediaType.of(name), content, sha256(content)));
        }
      }
    }
    return files;
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static String hash(Map<String, BuiltFile> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(
        (name, file) -> lines.append(file.digest()).append("  ").append(name).append('\n'));
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String hashIn(BuiltFile manifest) throws IOException {
    try {
      return Json.MAPPER.readTree(manifest.content()).path("build").asText();
    } catch (JsonProcessingException noJson) {
      return "";
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hash over all of it, in hexadecimal. */
  public String hash() {
    return hash;
  }

  /**
   * The file at a path.
   *
   * @param path as it was sent: one that is spelled otherwise is no file's
   */
  Optional<BuiltFile> at(String path) {
    if (path.equals("/")) {
      return Optional.of(files.get(START));
    }
    return path.startsWith("/")
        ? Optional.ofNullable(files.get(path.substring(1)))
        : Optional.empty();
  }
}
