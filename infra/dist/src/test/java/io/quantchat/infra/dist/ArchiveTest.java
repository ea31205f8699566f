package io.quantchat.infra.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  private static final long TIME = 1_767_225_600;

  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] written(Archive archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    archive.write(out);
    return out.toByteArray();
  }

  private String tar(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void everyTarUnpacksIt() throws Exception {
    String deep = "lib/" + "a-long-folder/".repeat(8) + "file.so";
    Archive archive = new Archive("quantchat-1", TIME);
    archive.add("lib/one.jar", new byte[1025]);
    archive.addProgram("quantchat", bytes("#!/bin/sh\n"));
    archive.add(deep, bytes("deep"));
    archive.add("empty", new byte[0]);
    Files.write(folder.resolve("it.tar.gz"), written(archive));

    tar("-xzf", "it.tar.gz");

    Path unpacked = folder.resolve("quantchat-1");
    assertThat(unpacked.resolve("lib/one.jar")).hasSize(1025);
    assertThat(unpacked.resolve("empty")).isEmptyFile();
    assertThat(unpacked.resolve(deep)).hasContent("deep");
    assertThat(unpacked.resolve("quantchat")).isExecutable();
    assertThat(Files.isExecutable(unpacked.resolve("empty"))).isFalse();
    assertThat(Files.getLastModifiedTime(unpacked.resolve("empty")).toMillis())
        .isEqualTo(TIME * 1000);
  }

  @Test
  void theOrderInWhichFilesComeChangesNothing() throws IOException {
    Archive first = new Archive("quantchat-1", TIME);
    first.add("a", bytes("1"));
    first.add("b", bytes("2"));
    Archive second = new Archive("quantchat-1", TIME);
    second.add("b", bytes("2"));
    second.add("a", bytes("1"));

    assertThat(written(first)).isEqualTo(written(second));
  }

  @Test
  void aNameThatDoesNotFitIsRefused() {
    Archive archive = new Archive("quantchat-1", TIME);
    archive.add("x".repeat(101), new byte[0]);

    assertThatThrownBy(() -> written(archive)).hasMessageContaining("Too long a name");
  }
}
