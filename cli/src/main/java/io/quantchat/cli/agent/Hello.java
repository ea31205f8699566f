package io.quantchat.cli.agent;

import io.quantchat.client.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What both sides begin with. Its form stays for good, as does {@link #LOCK}: by them builds that
 * don't understand each other otherwise say so.
 *
 * @param build which build speaks
 * @param isAgent whether it can be ended from elsewhere
 * @param until when it ends by itself
 */
record Hello(String build, boolean isAgent, Optional<Instant> until) {

  /** The call that ends an agent. */
  static final String LOCK = "lock";

  /** The call after which events are told. */
  static final String LISTEN = "listen";

  private static final String BUILD = "build";
  private static final String AGENT = "agent";
  private static final String UNTIL = "until";

  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(BUILD, build);
    map.put(AGENT, isAgent);
    until.ifPresent(end -> map.put(UNTIL, end.toString()));
    return map;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Hello from(Map<String, Object> map) {
    return new Hello(
        Json.string(map, BUILD).orElse(""),
        Boolean.TRUE.equals(map.get(AGENT)),
        Json.string(map, UNTIL).flatMap(Hello::time));
  }
}
