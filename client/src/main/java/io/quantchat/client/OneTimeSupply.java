package io.quantchat.client;

import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.OwnKeyStore;
import io.quantchat.client.wire.KeyDirectory;
import io.quantchat.client.wire.KeyDirectory.Stock;
import io.quantchat.crypto.BatchStatement;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.OneTimeKeys;
import io.quantchat.crypto.PrekeyBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The account's one-time prekeys at the directory: enough of them, and how many there are. */
final class OneTimeSupply {

  /** Whatever the directory says is left, no more private parts than these are kept for it. */
  private static final long MOST_UNSPENT = 4_000;

  /** How often the directory is asked what it has on account of what comes in. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private final UUID userId;
  private final LocalStore store;
  private final KeyDirectory directory;
  private final KeyTime time;
  private final Surroundings surroundings;
  private final IdentityKeys identity;

  /** What the directory last said it has, and when; since then it got nothing new. */
  private Optional<Look> last = Optional.empty();

  private Instant nextLook = Instant.MIN;

  private record Look(Instant when, Stock stock) {}

  OneTimeSupply(
      UUID userId,
      LocalStore store,
      KeyDirectory directory,
      KeyTime time,
      Surroundings surroundings,
      IdentityKeys identity) {
    this.userId = userId;
    this.store = store;
    this.directory = directory;
    this.time = time;
    this.surroundings = surroundings;
    this.identity = identity;
  }

  /** Uploads one-time prekeys where the directory is running out of them. */
  void replenish() {
    OwnKeyStore own = store.ownKeys();
    if (own.batchesToUpload().isEmpty()
        && look().isLow()
        && own.unspentSince(Instant.EPOCH) < MOST_UNSPENT) {
      makeBatch();
    }
    for (PrekeyBatch batch : own.batchesToUpload()) {
      upload(batch);
    }
  }

  /** One that is never taken has no more to wait for: the next upkeep makes another. */
  private void upload(PrekeyBatch batch) {
    Instant now = surroundings.now();
    if (now.isBefore(batch.created().plus(BatchStatement.LIFE)) && directory.upload(batch)) {
      surroundings.at(Step.BATCH_UPLOADED);
      store.ownUploads().uploaded(surroundings.now());
      last = Optional.empty();
    }
    store.ownKeys().uploaded(batch);
  }

  private Stock look() {
    Stock stock = directory.stock();
    last = Optional.of(new Look(surroundings.now(), stock));
    return stock;
  }

  /**
   * How many one-time prekeys the directory had when a message was written that came without one.
   * What it has now it had then, too, unless it got more since: it only ever becomes less.
   *
   * @return nothing where it may have had none, or isn't there to say so
   */
  OptionalLong onOfferWhen(Instant written) {
    Optional<Instant> uploaded = store.ownUploads().lastUploaded();
    if (uploaded.filter(when -> when.isBefore(written)).isEmpty()) {
      return OptionalLong.empty();
    }
    Instant now = surroundings.now();
    if (last.filter(look -> !look.when().isBefore(written)).isEmpty()) {
      if (now.isBefore(nextLook) && nextLook.isBefore(now.plus(BETWEEN_LOOKS.multipliedBy(2)))) {
        return OptionalLong.empty();
      }
      nextLook = now.plus(BETWEEN_LOOKS);
      try {
        Stock unused = look();
      } catch (ServerUnreachableException | ServerRefusalException | LoginRequiredException e) {
        return OptionalLong.empty();
      }
    }
    long unspent = store.ownKeys().unspentSince(time.now().minus(BatchStatement.LIFE));
    long left = Math.min(last.get().stock().left(), unspent);
    return left > 0 ? OptionalLong.of(left) : OptionalLong.empty();
  }

  private void makeBatch() {
    Instant now = surroundings.now();
    var pairs = new ArrayList<OneTimeKeys>();
    try {
      for (int i = 0; i < surroundings.batchSize(); i++) {
        pairs.add(OneTimeKeys.generate(surroundings.random()));
      }
      PrekeyBatch batch =
          PrekeyBatch.sign(
              userId,
              UUID.randomUUID(),
              now,
              pairs.stream().map(OneTimeKeys::prekey).toList(),
              identity,
              surroundings.random());
      store.ownKeys().addBatch(batch, pairs, time.now());
      surroundings.at(Step.BATCH_KEPT);
    } finally {
      pairs.forEach(OneTimeKeys::close);
    }
  }
}
