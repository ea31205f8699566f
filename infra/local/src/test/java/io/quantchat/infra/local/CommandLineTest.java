package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  private static final Path HOME = Path.of("project");

  private static Options parse(String... words) throws CommandLine.UsageException {
    return CommandLine.parse(List.of(words), HOME, line -> {});
  }

  @Test
  void withoutOptionsEverythingLiesInTheProject() throws Exception {
    Options options = parse();

    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.data()).contains(HOME.resolve(".quantchat/data"));
    assertThat(options.template()).isEqualTo(HOME.resolve("template.yaml"));
    assertThat(options.parameters()).isEmpty();
  }

  @Test
  void everyOptionIsHeard() throws Exception {
    Options options =
        parse(
            "--port",
            "0",
            "--data",
            "elsewhere",
            "--template",
            "other.yaml",
            "--parameter",
            "AccessTokenMinutes=1",
            "--parameter",
            "AllowedOrigin=https://a.test?b=c");

    assertThat(options.port()).isZero();
    assertThat(options.data()).contains(Path.of("elsewhere"));
    assertThat(options.template()).isEqualTo(Path.of("other.yaml"));
    assertThat(options.parameters())
        .isEqualTo(Map.of("AccessTokenMinutes", "1", "AllowedOrigin", "https://a.test?b=c"));
  }

  @Test
  void ephemeralLeavesNoFolder() throws Exception {
    assertThat(parse("--ephemeral").data()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--prot 1, There is no option --prot.",
    "--port, --port needs a value.",
    "--port 65536, --port needs a number from 0 to 65535.",
    "--port -1, --port needs a number from 0 to 65535.",
    "--port x, --port needs a number from 0 to 65535.",
    "--parameter x, --parameter needs NAME=VALUE.",
    "--parameter =x, --parameter needs NAME=VALUE.",
    "--data a --ephemeral, --data and --ephemeral exclude each other.",
  })
  void whatIsNotUnderstoodIsNamed(String words, String complaint) {
    assertThatThrownBy(() -> parse(words.split(" ", -1)))
        .isInstanceOf(CommandLine.UsageException.class)
        .hasMessage(complaint);
  }
}
