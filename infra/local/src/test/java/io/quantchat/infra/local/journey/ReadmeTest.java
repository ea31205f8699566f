package io.quantchat.infra.local.journey;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.TestAbortedException;

/** The README's example of the REST routes, as somebody pastes it into a shell. */
@ExtendWith(RunningRelay.class)
class ReadmeTest {
  private static final Path README =
      Path.of(System.getProperty("quantchat.template")).resolveSibling("README.md");
  private static final String DEFAULT_URL = "http://localhost:8080/api/v1";
  private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```$", MULTILINE | DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theMessageOfTheExampleComesOutAndIsGoneOnceItIsAcknowledged(RunningInstance relay)
      throws Exception {
    List<JsonNode> answers = run(example().replace(DEFAULT_URL, relay.restUrl().toString()));

    assertThat(answers).hasSize(4);
    JsonNode sent = answers.get(0);
    JsonNode pending = answers.get(1);
    JsonNode acknowledged = answers.get(2);
    assertThat(sent.path("status").asText()).isEqualTo("queued");
    assertThat(pending.path("messages")).hasSize(1);
    assertThat(pending.at("/messages/0/id")).isEqualTo(sent.path("message_id"));
    assertThat(pending.at("/messages/0/encrypted_content").asText()).isEqualTo("c2VhbGVk");
    assertThat(acknowledged.path("status").asText()).isEqualTo("acknowledged");
    assertThat(acknowledged.path("message_id")).isEqualTo(sent.path("message_id"));
    assertThat(answers.get(3).path("messages")).isEmpty();
  }

  /** The one block of shell that calls the routes. */
  private static String example() throws IOException {
    List<String> examples =
        SHELL
            .matcher(Files.readString(README))
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains(DEFAULT_URL))
            .toList();
    assertThat(examples).hasSize(1);
    return examples.getFirst();
  }

  /** The shell's output, a line of JSON each. */
  private static List<JsonNode> run(String script) throws IOException, InterruptedException {
    requireTools();
    Process shell = new ProcessBuilder("bash").redirectErrorStream(true).start();
    try (var input = shell.outputWriter(StandardCharsets.UTF_8)) {
      input.write(script);
    }
    List<JsonNode> answers = new ArrayList<>();
    try (var output = shell.inputReader(StandardCharsets.UTF_8)) {
      for (String line : output.lines().toList()) {
        answers.add(JSON.readTree(line));
      }
    }
    assertThat(shell.waitFor()).isZero();
    return answers;
  }

  private static void requireTools() throws InterruptedException {
    for (String tool : List.of("bash", "curl")) {
      if (!isThere(tool)) {
        String missing = "Skipped the README's example: there is no " + tool + " on the PATH.";
        System.out.println(missing);
        throw new TestAbortedException(missing);
      }
    }
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder(tool, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return version.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
