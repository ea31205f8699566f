package io.quantchat.infra.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A running instance, as it tells of itself in a file, so that another command finds it. The file
 * is its owner's alone.
 *
 * @param restUrl base of the REST routes
 * @param socketUrl where sockets connect
 * @param process id of the process that serves
 * @param startedAt when that process started, in epoch milliseconds: a process id alone may be
 *     another's by now
 */
public record RunningInstance(URI restUrl, URI socketUrl, long process, long startedAt) {

  /** System property: the file to tell in; {@code .quantchat/running.json} where it isn't set. */
  public static final String FILE_PROPERTY = "quantchat.running";

  /** An instance that this process serves. */
  static RunningInstance ofThisProcess(URI restUrl, URI socketUrl) {
    ProcessHandle self = ProcessHandle.current();
    return new RunningInstance(restUrl, socketUrl, self.pid(), startOf(self).orElse(0L));
  }

  /** The file that this process tells in, or looks into. */
  public static Path file() {
    return Path.of(System.getProperty(FILE_PROPERTY, ".quantchat/running.json"));
  }

  /** The instance that the file tells of, if it still runs. */
  public static Optional<RunningInstance> read(Path file) {
    return parse(file).filter(RunningInstance::isAlive);
  }

  /** Tells of this instance, in the place of whatever the file told. */
  public void write(Path file) {
    ObjectNode told = Json.MAPPER.createObjectNode();
    told.put("rest_url", restUrl.toString());
    told.put("socket_url", socketUrl.toString());
    told.put("process", process);
    told.put("started_at", startedAt);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path written = Files.createTempFile(folder, file.getFileName().toString(), "", ownerOnly());
      try {
        Files.write(written, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(told));
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write " + file, e);
    }
  }

  /** Removes the file, unless it tells of another instance by now. */
  void remove(Path file) {
    if (parse(file).filter(this::equals).isEmpty()) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + file, e);
    }
  }

  private static Optional<RunningInstance> parse(Path file) {
    try {
      JsonNode told = Json.MAPPER.readTree(Files.readAllBytes(file));
      return Optional.of(
          new RunningInstance(
              URI.create(told.path("rest_url").asText()),
              URI.create(told.path("socket_url").asText()),
              told.path("process").asLong(),
              told.path("started_at").asLong()));
    } catch (NoSuchFileException | JacksonException | IllegalArgumentException nothingTold) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }

  private boolean isAlive() {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> startOf(handle).orElse(0L) == startedAt)
        .isPresent();
  }

  private static Optional<Long> startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli());
  }

  private static FileAttribute<?>[] ownerOnly() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
