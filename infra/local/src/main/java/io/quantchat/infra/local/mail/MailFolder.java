package io.quantchat.infra.local.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Mail as files of a folder, which no other user of the machine reads: each is whole under its name
 * or not there. A line on the console says where it is, and nothing of what is in it.
 */
public final class MailFolder implements AutoCloseable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final boolean isKept;
  private final Clock clock;
  private final Consumer<String> log;

  private MailFolder(Path folder, boolean isKept, Clock clock, Consumer<String> log) {
    this.folder = folder;
    this.isKept = isKept;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Mail in this folder, which is made with the first one.
   *
   * @param log is told where each is
   */
  public static MailFolder in(Path folder, Clock clock, Consumer<String> log) {
    return new MailFolder(folder, true, clock, log);
  }

  /** Mail in a folder of its own that goes with this process's tables. */
  public static MailFolder passing(Clock clock, Consumer<String> log) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return new MailFolder(
        temporary.resolve("quantchat-mail-" + UUID.randomUUID()), false, clock, log);
  }

  /**
   * Writes a mail, and returns when it is there.
   *
   * @throws UncheckedIOException if it can't be written
   */
  public void write(String from, String to, String subject, String content) {
    Instant now = clock.instant();
    String id = UUID.randomUUID().toString();
    String text = new InternetMessage(from, to, subject, content, now, id).text();
    Path file = folder.resolve(TIME.format(now) + "-" + id.substring(0, 8) + ".eml");
    try {
      Files.createDirectories(folder, ownersAlone("rwx------"));
      Path written = folder.resolve(file.getFileName() + ".part");
      try (FileChannel channel =
          FileChannel.open(
              written,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownersAlone("rw-------"))) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The mail can't be written to " + folder, e);
    }
    log.accept("Mail: " + file);
  }

  private FileAttribute<?>[] ownersAlone(String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Mail that goes with the tables goes. */
  @Override
  public void close() throws IOException {
    if (isKept || !Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> mails = Files.newDirectoryStream(folder)) {
      for (Path mail : mails) {
        Files.delete(mail);
      }
    }
    Files.delete(folder);
  }
}
