package io.quantchat.cli.agent;

import io.quantchat.client.QuantChat;
import io.quantchat.crypto.SafetyNumber;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which build of the program this is: two that differ don't understand each other for certain. */
final class Build {

  private static final int PROTOCOL = 1;

  private Build() {}

  /** A name that equal builds share: made of the sizes and times of what they are made of. */
  static String name() {
    return Stream.of(Build.class, QuantChat.class, SafetyNumber.class)
        .map(Build::of)
        .collect(Collectors.joining("/", PROTOCOL + "/", ""));
  }

  private static String of(Class<?> part) {
    try {
      URI place = part.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path file = Path.of(place);
      return Files.isRegularFile(file)
          ? Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis()
          : "classes";
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The program's files can't be read", e);
    }
  }
}
