package io.quantchat.infra.local.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which headers a file of the browser client is served with, by its path: a JSON array of {@code
 * {"path": …, "headers": {…}}}. A path is whole, or ends in {@code *} for all that begin so. All
 * entries that fit apply, in their order: a later one's header replaces an earlier one's.
 */
public final class HeaderRules {

  /** No headers for any path. */
  public static final HeaderRules NONE = new HeaderRules(List.of());

  private static final String STRICT_TRANSPORT = "Strict-Transport-Security";
  private static final String ANY = "*";

  private record Rule(String path, Map<String, String> headers) {
    boolean fits(String asked) {
      return path.endsWith(ANY)
          ? asked.startsWith(path.substring(0, path.length() - ANY.length()))
          : asked.equals(path);
    }
  }

  private final List<Rule> rules;

  private HeaderRules(List<Rule> rules) {
    this.rules = rules;
  }

  /** Reads them from a file. */
  public static HeaderRules read(Path file) throws UnusableClient {
    try {
      return new HeaderRules(
          Json.MAPPER.readValue(Files.readAllBytes(file), new TypeReference<List<Rule>>() {}));
    } catch (JsonProcessingException e) {
      throw new UnusableClient(
          "%s is no list of paths and their headers.".formatted(file.toAbsolutePath()), e);
    } catch (IOException e) {
      throw new UnusableClient("%s can't be read.".formatted(file.toAbsolutePath()), e);
    }
  }

  /** Those of a path, by their names. */
  List<HeaderLine> of(String path) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    rules.stream().filter(rule -> rule.fits(path)).forEach(rule -> headers.putAll(rule.headers()));
    return headers.entrySet().stream()
        .map(header -> new HeaderLine(header.getKey(), header.getValue()))
        .toList();
  }

  /** The same for who is asked in clear, and must not speak of TLS then (RFC 6797, 7.2). */
  public HeaderRules inClear() {
    return new HeaderRules(
        rules.stream()
            .map(
                rule -> {
                  Map<String, String> left = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                  left.putAll(rule.headers());
                  left.remove(STRICT_TRANSPORT);
                  return new Rule(rule.path(), left);
                })
            .toList());
  }
}
