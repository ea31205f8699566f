package io.quantchat.infra.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running instance, as it tells of itself in a file, so that another command finds it. The file
 * is its owner's alone. Where several run, the file tells of all: of the last that was started
 * first, and of the others behind it, so that the end of one doesn't hide another.
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

  private static final String REST = "rest_url";
  private static final String SOCKET = "socket_url";
  private static final String PROCESS = "process";
  private static final String STARTED = "started_at";

  /** The member with the instances beside the one that the file tells of first. */
  private static final String OTHERS = "others";

  /** An instance that this process serves. */
  static RunningInstance ofThisProcess(URI restUrl, URI socketUrl) {
    ProcessHandle self = ProcessHandle.current();
    return new RunningInstance(restUrl, socketUrl, self.pid(), startOf(self).orElse(0L));
  }

  /** The file that this process tells in, or looks into. */
  public static Path file() {
    return Path.of(System.getProperty(FILE_PROPERTY, ".quantchat/running.json"));
  }

  /** The instance that was started last of those that the file tells of and that still run. */
  public static Optional<RunningInstance> read(Path file) {
    return parse(file).stream().filter(RunningInstance::isAlive).findFirst();
  }

  /** Tells of this instance, before others that still run. */
  public void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder, owners("rwx------"));
      try (FileTurn _ = FileTurn.take(file)) {
        List<RunningInstance> all = new ArrayList<>(parse(file));
        all.removeIf(other -> other.equals(this) || !other.isAlive());
        all.addFirst(this);
        tell(all, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write " + file, e);
    }
  }

  /**
   * Takes this instance out of the file. Of others that still run it goes on to tell; without any,
   * it is removed. A file that doesn't tell of this one is left alone.
   */
  void remove(Path file) {
    if (!parse(file).contains(this)) {
      return;
    }
    try (FileTurn _ = FileTurn.take(file)) {
      List<RunningInstance> all = new ArrayList<>(parse(file));
      if (!all.remove(this)) {
        return;
      }
      all.removeIf(other -> !other.isAlive());
      if (all.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        tell(all, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + file, e);
    }
  }

  /** Whoever reads it at the same moment finds it whole, as it was or as it is. */
  private static void tell(List<RunningInstance> all, Path file) throws IOException {
    ObjectNode told = all.getFirst().told();
    ArrayNode others = Json.MAPPER.createArrayNode();
    all.stream().skip(1).map(RunningInstance::told).forEach(others::add);
    if (!others.isEmpty()) {
      told.set(OTHERS, others);
    }
    Path folder = file.toAbsolutePath().getParent();
    Path written = Files.createTempFile(folder, file.getFileName().toString(), "", ownerOnly());
    try {
      Files.write(written, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(told));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private ObjectNode told() {
    ObjectNode told = Json.MAPPER.createObjectNode();
    told.put(REST, restUrl.toString());
    told.put(SOCKET, socketUrl.toString());
    told.put(PROCESS, process);
    told.put(STARTED, startedAt);
    return told;
  }

  /** All that the file tells of, whether or not they run. */
  private static List<RunningInstance> parse(Path file) {
    try {
      JsonNode told = Json.MAPPER.readTree(Files.readAllBytes(file));
      var all = new ArrayList<RunningInstance>();
      of(told).ifPresent(all::add);
      told.path(OTHERS).forEach(other -> of(other).ifPresent(all::add));
      return all;
    } catch (NoSuchFileException | JacksonException nothingTold) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }

  private static Optional<RunningInstance> of(JsonNode told) {
    try {
      return told.isObject()
          ? Optional.of(
              new RunningInstance(
                  URI.create(told.path(REST).asText()),
                  URI.create(told.path(SOCKET).asText()),
                  told.path(PROCESS).asLong(),
                  told.path(STARTED).asLong()))
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
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

  static FileAttribute<?>[] ownerOnly() {
    return owners("rw-------");
  }

  private static FileAttribute<?>[] owners(String permissions) {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
