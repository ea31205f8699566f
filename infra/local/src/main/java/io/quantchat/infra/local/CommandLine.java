package io.quantchat.infra.local;

import io.quantchat.infra.stack.Tables;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a person types after {@code quantchat up}. */
final class CommandLine {

  static final String USAGE =
      """
      Usage: quantchat up [options]
        --port N                where to listen on localhost (default 8080; 0: any free port)
        --data DIR              where the tables live (default .quantchat/data in the project)
        --ephemeral             keep the tables in memory; nothing is left behind
        --template FILE         the SAM template (default template.yaml in the project)
        --parameter NAME=VALUE  a value for a parameter of the template; may be repeated
      """;

  private static final int DEFAULT_PORT = 8080;

  private CommandLine() {}

  /** The words can't be understood. The message is one sentence. */
  static final class UsageException extends Exception {
    UsageException(String message) {
      super(message);
    }
  }

  /**
   * @param home the project's folder
   */
  static Options parse(List<String> words, Path home, Consumer<String> log) throws UsageException {
    int port = DEFAULT_PORT;
    boolean ephemeral = false;
    Optional<Path> data = Optional.empty();
    Path template = home.resolve("template.yaml");
    Map<String, String> parameters = new LinkedHashMap<>();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--port" -> port = port(value(option, rest));
        case "--data" -> data = Optional.of(path(value(option, rest)));
        case "--ephemeral" -> ephemeral = true;
        case "--template" -> template = path(value(option, rest));
        case "--parameter" -> addParameter(parameters, value(option, rest));
        default -> throw new UsageException("There is no option " + option + ".");
      }
    }
    if (ephemeral && data.isPresent()) {
      throw new UsageException("--data and --ephemeral exclude each other.");
    }
    Optional<Path> folder =
        ephemeral
            ? Optional.empty()
            : Optional.of(data.orElseGet(() -> home.resolve(".quantchat").resolve("data")));
    return new Options(port, folder, template, parameters, Tables.Reaping.AS_DECLARED, log);
  }

  private static String value(String option, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) {
      throw new UsageException(option + " needs a value.");
    }
    return rest.next();
  }

  private static int port(String value) throws UsageException {
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new UsageException("--port needs a number from 0 to 65535.");
    }
    return Integer.parseInt(value);
  }

  private static Path path(String value) throws UsageException {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UsageException("This is no path: " + value);
    }
  }

  private static void addParameter(Map<String, String> parameters, String value)
      throws UsageException {
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw new UsageException("--parameter needs NAME=VALUE.");
    }
    parameters.put(value.substring(0, equals), value.substring(equals + 1));
  }
}
