package io.quantchat.infra.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP ports that a process listens on, where Linux tells (proc(5)); elsewhere none. */
final class ListeningPorts {

  /** TCP_LISTEN of {@code include/net/tcp_states.h}. */
  private static final String LISTEN = "0A";

  private ListeningPorts() {}

  static Set<Integer> of(long process) throws IOException {
    Path files = Path.of("/proc", Long.toString(process), "fd");
    Set<Integer> ports = new HashSet<>();
    if (!Files.isDirectory(files)) {
      return ports;
    }
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> open = Files.list(files)) {
      for (Path file : open.toList()) {
        sockets.add(target(file));
      }
    }
    for (String table : List.of("tcp", "tcp6")) {
      Files.readAllLines(Path.of("/proc", Long.toString(process), "net", table)).stream()
          .skip(1)
          .map(line -> line.strip().split(" +", -1))
          .filter(columns -> columns[3].equals(LISTEN))
          .filter(columns -> sockets.contains("socket:[" + columns[9] + "]"))
          .map(columns -> columns[1].substring(columns[1].lastIndexOf(':') + 1))
          .forEach(port -> ports.add(Integer.parseInt(port, 16)));
    }
    return ports;
  }

  /** A file that was closed meanwhile leads nowhere. */
  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
