package io.quantchat.infra.local;

import io.quantchat.infra.local.database.DatabaseUrl;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.terminal.Typed;
import io.quantchat.infra.local.web.ClientPlace;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quantchat up}: its options, each with its default. */
@Command(
    name = "./quantchat up",
    description = "Run the whole backend on this machine, until Ctrl-C.",
    separator = " ")
final class UpCommand implements Callable<Integer> {

  /** Whoever runs what was asked for, and answers the exit code. */
  @FunctionalInterface
  interface Start {
    int run(Options options) throws Exception;
  }

  private static final String EMBEDDED = "embedded";

  @Spec private CommandSpec spec;

  @Mixin private ListeningOptions listening;

  private final Path home;
  private final Consumer<String> log;
  private final Start start;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where the tables live (default data in " + DataFolder.STATE + ")")
  private Path data;

  private Optional<DatabaseUrl> elsewhere = Optional.empty();

  @Option(
      names = "--create-tables",
      description = "make the tables that the database at the URL lacks")
  private boolean createTables;

  @Option(names = "--ephemeral", description = "keep the tables in memory; nothing is left behind")
  private boolean ephemeral;

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "the SAM template (default template.yaml in the project)")
  private Path template;

  /**
   * @param home the project's folder
   */
  UpCommand(Path home, Consumer<String> log, Start start) {
    this.home = home;
    this.log = log;
    this.start = start;
  }

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "a value for a parameter of the template; may be repeated")
  void parameters(List<String> typed) {
    for (String one : typed) {
      int equals = one.indexOf('=');
      if (equals < 1) {
        throw Typed.unusable(spec, "--parameter needs NAME=VALUE.");
      }
      parameters.put(one.substring(0, equals), one.substring(equals + 1));
    }
  }

  @Option(
      names = "--database",
      paramLabel = "embedded|URL",
      description =
          "keep the tables in this process (the default), or in a database that speaks DynamoDB's"
              + " protocol, with the credentials and region that AWS's SDK finds")
  void database(String typed) {
    if (typed.equals(EMBEDDED)) {
      elsewhere = Optional.empty();
      return;
    }
    try {
      elsewhere = Optional.of(DatabaseUrl.parse(typed));
    } catch (DatabaseUrl.NotUsableException e) {
      throw Typed.unusable(spec, "--database " + e.getMessage());
    }
  }

  private Place tables() {
    if (data != null && data.toString().isEmpty()) {
      throw Typed.unusable(spec, "--data needs the name of a folder.");
    }
    if (ephemeral && data != null) {
      throw Typed.unusable(spec, "--data and --ephemeral exclude each other.");
    }
    if (elsewhere.isPresent() && (ephemeral || data != null)) {
      throw Typed.unusable(
          spec,
          "--database with a URL and %s exclude each other."
              .formatted(ephemeral ? "--ephemeral" : "--data"));
    }
    if (elsewhere.isEmpty() && createTables) {
      throw Typed.unusable(spec, "--create-tables needs --database with a URL.");
    }
    if (elsewhere.isPresent()) {
      return new Place.Elsewhere(
          elsewhere.get(), createTables ? Place.Creation.ON_REQUEST : Place.Creation.NEVER);
    }
    return ephemeral
        ? new Place.Memory()
        : new Place.Folder(data == null ? DataFolder.ofProject(home) : data);
  }

  @Override
  public Integer call() throws Exception {
    return start.run(
        new Options(
            listening.listening(),
            tables(),
            Optional.of(ClientPlace.in(home)),
            template == null ? home.resolve("template.yaml") : template,
            parameters,
            Tables.Reaping.AS_DECLARED,
            log));
  }
}
