package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Service;
import io.quantchat.infra.bench.xmpp.Prosody;
import java.io.IOException;
import java.util.Optional;

/**
 * Prosody. Messages to people online it keeps nowhere, so that its figures stand beside those in
 * memory; those to people away it keeps in files.
 *
 * @param people the most that are there at once
 */
record ProsodySubject(Prosody prosody, int people) implements Subject {

  @Override
  public String name() {
    return "Prosody " + prosody.version();
  }

  @Override
  public boolean has(Measurement measurement, Storage storage) {
    return switch (measurement) {
      case START, STEADY, OPEN_LOOP, IDLE -> storage == Storage.MEMORY;
      case QUEUE -> storage == Storage.DISK;
      case OPENING, PUTS -> false;
    };
  }

  @Override
  public Service start(Storage storage) throws IOException {
    return prosody.start(people);
  }

  @Override
  public Optional<String> reservation() {
    return Optional.of(name() + " keeps of " + Prosody.WHAT_IT_KEEPS + ".");
  }
}
