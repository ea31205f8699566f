package io.quantchat.infra.local.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MailFolderTest {

  private static final String FROM = "relay@example.org";
  private static final String TO = "ann@example.com";
  private static final String TEXT = "The code is 7K2QM.\n";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T09:05:07.008Z"), ZoneOffset.UTC);

  private final List<String> log = new ArrayList<>();

  @TempDir Path temporary;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void eachMailIsAFileAndItsPlaceIsToldButNothingThatIsInIt() throws IOException {
    Path folder = temporary.resolve("data").resolve("mail");
    try (MailFolder mail = MailFolder.in(folder, CLOCK, log::add)) {
      assertThat(folder).doesNotExist();

      mail.write(FROM, TO, "Hello", TEXT);
      mail.write(FROM, TO, "Hello", TEXT);
    }

    assertThat(files(folder))
        .hasSize(2)
        .allSatisfy(
            file -> {
              assertThat(file.getFileName().toString())
                  .matches("20260301T090507\\.008Z-[0-9a-f]{8}\\.eml");
              assertThat(file).content().contains("To: ann@example.com", "The code is 7K2QM.");
            });
    assertThat(log)
        .containsExactlyInAnyOrderElementsOf(
            files(folder).stream().map(file -> "Mail: " + file).toList());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions.")
  void nobodyElseOnTheMachineReadsIt() throws IOException {
    Path folder = temporary.resolve("mail");
    try (MailFolder mail = MailFolder.in(folder, CLOCK, log::add)) {
      mail.write(FROM, TO, "Hello", TEXT);
    }

    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(files(folder))
        .singleElement()
        .satisfies(
            file ->
                assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
  }

  @Test
  void mailOfTablesInMemoryGoesWithThem() throws IOException {
    String file;
    try (MailFolder mail = MailFolder.passing(CLOCK, log::add)) {
      mail.write(FROM, TO, "Hello", TEXT);
      file = log.getFirst().substring("Mail: ".length());
      assertThat(Path.of(file)).exists();
    }

    assertThat(Path.of(file).getParent()).doesNotExist();
    MailFolder.passing(CLOCK, log::add).close();
  }

  @Test
  void aMailThatCantBeWrittenSaysWhereItShouldHaveBeen() throws IOException {
    Path folder = Files.writeString(temporary.resolve("mail"), "a file");
    try (MailFolder mail = MailFolder.in(folder, CLOCK, log::add)) {
      assertThatThrownBy(() -> mail.write(FROM, TO, "Hello", TEXT))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageNotContaining("7K2QM");
    }

    assertThat(log).isEmpty();
  }

  @Test
  void oneWhoseHeadersAreNoneLeavesNoFile() throws IOException {
    Path folder = temporary.resolve("mail");
    try (MailFolder mail = MailFolder.in(folder, CLOCK, log::add)) {
      String injecting = TO + "\r\nBcc: eve@example.net";

      assertThatIllegalArgumentException()
          .isThrownBy(() -> mail.write(FROM, injecting, "Hello", TEXT));
    }

    assertThat(folder).doesNotExist();
    assertThat(log).isEmpty();
  }
}
