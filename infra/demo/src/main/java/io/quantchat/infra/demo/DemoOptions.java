package io.quantchat.infra.demo;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a person typed after {@code demo}.
 *
 * @param restUrl the instance to play against
 * @param socketUrl where its sockets connect
 * @param help whether only the usage is wanted
 */
record DemoOptions(Optional<URI> restUrl, Optional<URI> socketUrl, boolean help) {

  /**
   * @throws IllegalArgumentException if it can't be read; the message says what to do
   */
  static DemoOptions parse(List<String> arguments) {
    DemoOptions options = new DemoOptions(Optional.empty(), Optional.empty(), false);
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      options =
          switch (option) {
            case "--help", "-h" -> new DemoOptions(options.restUrl(), options.socketUrl(), true);
            case "--url" -> new DemoOptions(url(option, rest), options.socketUrl(), options.help());
            case "--socket-url" ->
                new DemoOptions(options.restUrl(), url(option, rest), options.help());
            default -> throw new IllegalArgumentException("Unknown option " + option);
          };
    }
    return options;
  }

  private static Optional<URI> url(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a URL after it.");
    }
    URI url = URI.create(rest.next().replaceFirst("/+$", ""));
    if (url.getHost() == null) {
      throw new IllegalArgumentException(option + " needs a whole URL, with http:// or ws://.");
    }
    return Optional.of(url);
  }
}
