package io.quantchat.infra.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class TypedTest {

  private final PrintStream full =
      new PrintStream(
          new OutputStream() {
            @Override
            public void write(int each) throws IOException {
              throw new IOException("No space left on device");
            }
          },
          true,
          StandardCharsets.UTF_8);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream open = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void outputThatCantBeWrittenIsNoSuccess() {
    for (List<String> words : List.of(List.<String>of(), List.of("--help"))) {
      said.reset();

      assertThat(Typed.of(new Says(full, 0), full, open).run(words)).isEqualTo(1);
      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains("can't be written")
          .hasLineCount(1);
    }
  }

  @Test
  void aFailureKeepsItsCodeAndSuccessIsOne() {
    assertThat(Typed.of(new Says(full, 3), full, open).run(List.of())).isEqualTo(3);
    assertThat(Typed.of(new Says(open, 0), open, open).run(List.of())).isZero();
  }

  @Command(name = "says")
  private record Says(PrintStream out, int code) implements Callable<Integer> {

    @Override
    public Integer call() {
      out.println("Said.");
      return code;
    }
  }
}
