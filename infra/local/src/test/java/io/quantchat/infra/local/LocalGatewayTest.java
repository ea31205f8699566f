package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it says where it can't start; that it says so as a process, {@link RunnerTest} has. */
class LocalGatewayTest {

  private static final Path TEMPLATE = Path.of(System.getProperty("quantchat.template"));

  @TempDir Path temporary;

  @Test
  void aTemplateThatIsNotUnderstoodIsOneSentenceThatNamesTheResource() throws Exception {
    Path template = temporary.resolve("template.yaml");
    Files.writeString(
        template,
        Files.readString(TEMPLATE)
            .replace(
                "Resources:\n",
                "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {}\n"));

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> start(template))
        .withMessageContaining("Queue")
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
  }

  @Test
  void aTemplateThatIsNotThereIsOneSentence() {
    Path template = temporary.resolve("template.yaml");

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> start(template))
        .withMessage("The template %s can't be read: name another with --template.", template);
  }

  private static void start(Path template) throws StartFailure {
    var options =
        new Options(
            Listening.onLocalhost(0),
            new Place.Memory(),
            Optional.empty(),
            template,
            Map.of(),
            Tables.Reaping.AS_DECLARED,
            line -> {});
    LocalGateway.start(options).close();
  }
}
