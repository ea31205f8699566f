package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** What is typed before any server is asked. */
class ArgumentsTest {

  /** What a shell script says of the commands that are this program's. */
  private static final Pattern TAKEN = Pattern.compile("register \\|[^)]*");

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void sitDown() {
    terminal = new Terminal(folder);
  }

  private static List<String> commands() {
    return all().getSubcommands().keySet().stream().filter(name -> !name.equals("help")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quantchat", "infra/dist/src/main/resources/io/quantchat/infra/dist/quantchat"})
  void everyCommandCanBeTypedBehindTheScriptAndIsListedByIt(String script) throws IOException {
    String text = Files.readString(Path.of("..").resolve(script));

    Matcher taken = TAKEN.matcher(text);
    assertThat(taken.find()).isTrue();
    assertThat(taken.group().split("[|\\s\\\\]+")).containsExactlyInAnyOrderElementsOf(commands());
    assertThat(commands())
        .allSatisfy(name -> assertThat(text).containsPattern("(\n {2}| {3}|, )" + name + "[ ,]"));
  }

  @Test
  void everyCommandHasAHelpTextWithTheExitCodes() {
    assertThat(commands())
        .allSatisfy(
            command -> {
              assertThat(terminal.run(command, "--help")).isZero();
              assertThat(terminal.printed()).contains("Exit codes:", "don't send it").contains("7");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--password", "--passphrase", "--pass", "-password", "--secret", "--token"})
  void aSecretIsNeverTakenFromAnArgument(String option) {
    for (String[] arguments :
        List.of(
            new String[] {"login", "ann@example.org", option, "hunter2hunter2"},
            new String[] {"login", "ann@example.org", option + "=hunter2hunter2"})) {
      assertThat(terminal.run(arguments)).isEqualTo(Exit.USAGE.code());
      assertThat(terminal.noted())
          .contains("--secrets-from")
          .doesNotContain("hunter2")
          .hasLineCount(1);
      assertThat(terminal.accounts()).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--paswrod=hunter2", "-xhunter2", "--x hunter2"})
  void anOptionThatIsUnknownIsNotRepeated(String option) {
    assertThat(terminal.run("inbox", option)).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("--help").doesNotContain("hunter2").hasLineCount(1);
  }

  @Test
  void whatIsNoCommandIsBadUsage() {
    assertThat(terminal.run()).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.run("frobnicate")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.run("send")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.run("send", "ben")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.run("chat", "ben", "--history", "-1")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.run("chat", "ben", "--history", "x")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.run("export", "ben", "--json")).isEqualTo(Exit.USAGE.code());
  }

  /** Every subcommand there is, at any depth, and those that will be. */
  private static List<CommandLine> subcommands(CommandLine of) {
    return of.getSubcommands().values().stream()
        .flatMap(each -> Stream.concat(Stream.of(each), subcommands(each).stream()))
        .filter(each -> each.getParent().getParent() != null)
        .toList();
  }

  private static CommandLine all() {
    return commandLine();
  }

  /** What is made of these words: where they name a command, it has that alone. */
  private static CommandLine commandLine(String... arguments) {
    return new Main(
            new Shell(
                InputStream.nullInputStream(),
                System.out,
                System.err,
                null,
                null,
                null,
                null,
                null))
        .commandLine(arguments);
  }

  private static Stream<Arguments> optionsBeforeSubcommands() {
    return subcommands(all()).stream()
        .flatMap(
            subcommand ->
                subcommand.getParent().getCommandSpec().options().stream()
                    .filter(option -> !option.usageHelp())
                    .map(
                        option ->
                            Arguments.of(
                                subcommand.getCommandSpec().qualifiedName(),
                                option.longestName())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("optionsBeforeSubcommands")
  void anOptionBeforeASubcommandIsItsOwnOrIsRefused(String path, String option) {
    List<String> names = List.of(path.split(" "));
    CommandLine line = commandLine(names.get(1));
    CommandLine subcommand = line;
    for (String name : names.subList(1, names.size())) {
      subcommand = subcommand.getSubcommands().get(name);
    }
    OptionSpec given = subcommand.getParent().getCommandSpec().findOption(option);
    OptionSpec own = subcommand.getCommandSpec().findOption(option);
    String value = given.arity().max() == 0 ? "" : "=7";
    List<String> words = new ArrayList<>(names.subList(1, names.size()));
    words.add(words.size() - 1, option + value);
    subcommand.getCommandSpec().positionalParameters().stream()
        .filter(PositionalParamSpec::required)
        .forEach(positional -> words.add("x"));

    ParseResult parsed = line.parseArgs(words.toArray(String[]::new));

    if (own == null) {
      assertThatThrownBy(() -> ParentOptions.passOn(parsed))
          .isInstanceOf(MisplacedOptionException.class)
          .hasMessageContaining(option);
    } else {
      ParentOptions.passOn(parsed);
      assertThat(own.<Object>getValue()).isNotNull().hasToString(value.isEmpty() ? "true" : "7");
      words.add(option + value);
      ParseResult twice = commandLine(names.get(1)).parseArgs(words.toArray(String[]::new));
      assertThatThrownBy(() -> ParentOptions.passOn(twice))
          .isInstanceOf(OverwrittenOptionException.class);
    }
  }

  @Test
  void optionsThatStandBeforeASubcommandAreHeard() {
    assertThat(subcommands(all())).hasSizeGreaterThanOrEqualTo(6);
    Path none = folder.resolve("none.db");
    assertThat(terminal.run("contacts", "--store", none.toString(), "--json", "list"))
        .isEqualTo(Exit.LOGIN_REQUIRED.code());
    assertThat(terminal.noted()).contains("no such store");
    assertThat(terminal.run("keys", "--json", "rotate", "--json")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("twice");
  }

  @Test
  void withoutAnAccountALoginIsAskedFor() {
    assertThat(terminal.run("inbox")).isEqualTo(Exit.LOGIN_REQUIRED.code());
    assertThat(terminal.noted()).contains("register", "login").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/api/v1",
        "https://user:word@example.org",
        "ftp://localhost",
        "https://example.org?x=y",
        "nonsense",
        "https://example.org"
      })
  void aServerThatSecretsWouldReachInTheClearOrByHalfIsRefused(String url) {
    assertThat(terminal.run("register", "ann@example.org", "--server", url))
        .isEqualTo(Exit.USAGE.code());
    assertThat(terminal.accounts()).doesNotExist();
  }

  @Test
  void secretsComeFromAFileInTheirOrder() throws IOException {
    Path file = folder.resolve("secrets");
    Files.writeString(file, "first of them\nsecond one\r\n");
    var shell =
        new Shell(InputStream.nullInputStream(), null, null, null, folder, folder, null, null);

    try (Secrets secrets = Secrets.from(Optional.of(file.toString()), shell)) {
      assertThat(secrets.ask("passphrase")).containsExactly("first of them".toCharArray());
      assertThat(secrets.askNew("password")).containsExactly("second one".toCharArray());
    }
  }

  @Test
  void whatFollowsASecretOnTheStandardInputIsLeftThere() throws IOException {
    var input = new ByteArrayInputStream("geheimnis ü\ntext".getBytes(StandardCharsets.UTF_8));

    assertThat(SecretLine.read(input)).containsExactly("geheimnis ü".toCharArray());

    assertThat(StandardInput.all(input, 100)).isEqualTo("text");
  }

  @Test
  void everyAddressHasAFileNameOfItsOwnThatFileSystemsTake() {
    Stream<String> addresses =
        Stream.of(
            "李".repeat(28) + "@example.org",
            "李".repeat(27) + "王@example.org",
            "a".repeat(248),
            "a".repeat(247) + "b",
            "a".repeat(242) + "@x.org",
            "A".repeat(121),
            "a".repeat(120),
            "ann@example.org",
            "con@example.org");
    List<String> names = addresses.map(Accounts::fileName).toList();

    assertThat(names).doesNotHaveDuplicates();
    assertThat(names.stream().map(name -> name.toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name.length() + ".json-journal".length()).isLessThan(143));
    assertThat(names).allMatch(name -> name.matches("[a-z0-9@.+_%~-]+\\.db"));
  }

  @Test
  void aStoreThatWasMadeBeforeNamesHadABoundIsStillFound(@TempDir Path folder) throws IOException {
    String email = "a".repeat(200) + "@example.org";
    Path before = Files.createFile(folder.resolve(email + ".db"));

    assertThat(new Accounts(folder).of(email, new AccountOptions()).store()).isEqualTo(before);
    Files.delete(before);
    assertThat(new Accounts(folder).of(email, new AccountOptions()).store())
        .isEqualTo(folder.resolve(Accounts.fileName(email)));
  }

  @Test
  void anEmailIsAFileNameThatLeavesNoFolder() {
    assertThat(Accounts.fileName(" Ann@Example.org ")).isEqualTo("ann@example.org.db");
    assertThat(Accounts.fileName("../../x/y@z")).doesNotContain("/").endsWith(".db");
    assertThat(Accounts.fileName("a%2fb")).isNotEqualTo(Accounts.fileName("a/b"));
  }

  @Test
  void storesLieWhereTheSystemKeepsPeoplesData() {
    Path home = Path.of("/home/ann");

    assertThat(Accounts.folder("Linux", Optional.empty(), home))
        .isEqualTo(Path.of("/home/ann/.local/share/quantchat"));
    assertThat(Accounts.folder("Linux", Optional.of("/data"), home))
        .isEqualTo(Path.of("/data/quantchat"));
    assertThat(Accounts.folder("Mac OS X", Optional.empty(), home))
        .isEqualTo(Path.of("/home/ann/Library/Application Support/QuantChat"));
  }
}
