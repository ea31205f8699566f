package io.quantchat.infra.demo;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is looked for.
 *
 * @param ciphertext of a message that waits: to see that what is there is found
 */
record Sought(List<String> texts, List<FileTraces> files, byte[] ciphertext) {

  /** All that must be nowhere. */
  Search with(Collection<String> secrets) {
    return Search.of(
        Stream.concat(Stream.of(TextSearch.of(secrets)), files.stream().map(FileTraces::search))
            .toList());
  }

  /** What must be there. */
  Search control() {
    return new TextSearch(List.of(ciphertext));
  }
}
