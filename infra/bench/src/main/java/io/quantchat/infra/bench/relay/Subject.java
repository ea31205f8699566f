package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What is measured: it can be started as often as it takes. */
interface Subject {

  /** What to call it. */
  String name();

  /** Whether this can be measured of it. */
  boolean has(Measurement measurement, Storage storage);

  /** Starts it with nothing in it. */
  Service start(Storage storage) throws IOException;

  /**
   * Starts it on a folder that was filled with what this version writes.
   *
   * @throws UnsupportedOperationException unless {@link Measurement#OPENING} can be measured of it
   */
  default Service open(Path data) throws IOException {
    throw new UnsupportedOperationException(name() + " can't open " + data);
  }

  /** Why something can't be measured of it, in a sentence. */
  default Optional<String> reservation() {
    return Optional.empty();
  }
}
