package io.quantchat.infra.bench.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {

  @TempDir Path project;

  @BeforeEach
  void commitAScriptAndChangeIt() throws Exception {
    git("init", "--quiet");
    Files.writeString(project.resolve("quantchat"), "old");
    git("add", "quantchat");
    git(
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.org",
        "commit",
        "--quiet",
        "--message",
        "old");
    Files.writeString(project.resolve("quantchat"), "new");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void aCommitIsCheckedOutElsewhereAndRemovedInTheEnd() throws IOException {
    Path folder;
    try (Checkout checkout = Checkout.against(project, "HEAD")) {
      folder = checkout.folder();
      assertThat(checkout.script()).hasContent("old");
    }

    assertThat(folder).doesNotExist();
    assertThat(project.resolve("quantchat")).hasContent("new");
  }

  @Test
  void aFolderIsTakenAsItIsAndLeftThere() throws IOException {
    try (Checkout checkout = Checkout.against(project, project.toString())) {
      assertThat(checkout.script()).hasContent("new");
    }

    assertThat(project.resolve("quantchat")).hasContent("new");
  }

  @Test
  void aCommitThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Checkout.against(project, "v9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v9");
  }

  @Test
  void anOptionOfGitIsNoCommit() {
    assertThatThrownBy(() -> Checkout.against(project, "--all"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--all");
  }
}
