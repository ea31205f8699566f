package io.quantchat.infra.demo;

import java.util.List;

/**
 * A step's outcome.
 *
 * @param value what later steps need
 * @param people what people see of it, line by line
 * @param server what the server sees of it, line by line
 */
record Outcome<T>(T value, List<String> people, List<String> server) {

  Outcome {
    people = List.copyOf(people);
    server = List.copyOf(server);
  }
}
