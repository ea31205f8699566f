package io.quantchat.infra.demo;

import java.util.List;
import java.util.Optional;

/** Looks for secrets in bytes. */
@FunctionalInterface
interface Search {

  /** In which form one of the secrets stands there, if any does. */
  Optional<String> find(byte[] bytes);

  /** All of these. */
  static Search of(List<Search> searches) {
    return bytes -> searches.stream().flatMap(search -> search.find(bytes).stream()).findFirst();
  }
}
