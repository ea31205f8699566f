package io.quantchat.client;

import io.quantchat.client.json.Fingerprint;
import io.quantchat.client.json.Json;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.RefusalStore.Name;
import io.quantchat.client.store.RefusalStore.Remembered;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Remembers what was refused: the same message isn't tried again until something has changed that
 * may change the answer. That is what is known of its sender, or what this program can do; for what
 * the clock says, each time.
 */
final class Refusals {

  /** Refusals that a newer bundle of the sender's may cure. */
  static final Set<Refusal> CURABLE =
      Set.of(Refusal.EXPIRED_BUNDLE, Refusal.WRONG_KEY, Refusal.DOWNGRADE, Refusal.REVOKED_KEY);

  /** Refusals that a clock may cure that is put right. */
  private static final Set<String> OF_THE_CLOCK =
      Set.of(Refusal.EXPIRED_BUNDLE.name(), Refusal.FUTURE_BUNDLE.name());

  /** Is raised when this program takes what it refused before. */
  private static final int RULES = 1;

  private final LocalStore store;
  private final Askings askings;
  private final Surroundings surroundings;
  private final List<Fresh> fresh = new ArrayList<>();

  Refusals(LocalStore store, Askings askings, Surroundings surroundings) {
    this.store = store;
    this.askings = askings;
    this.surroundings = surroundings;
  }

  /** What is to be done about a message that came in. */
  enum Verdict {
    /** It is opened. */
    OPEN,
    /** It was refused, and would be again. */
    STANDS,
    /** The user has done away with it: the relay can, too. */
    DISCARDED
  }

  /**
   * A message as it came.
   *
   * @param fingerprint of all of it
   */
  record Seen(Map<String, Object> wire, Name name, String fingerprint) {

    static Seen of(Map<String, Object> wire) {
      String fingerprint = Fingerprint.of(wire);
      Optional<UUID> messageId = Json.id(wire, "message_id").or(() -> Json.id(wire, "id"));
      String sender = Json.id(wire, "sender_id").map(UUID::toString).orElse("");
      return new Seen(
          wire,
          new Name(
              sender,
              messageId.map(UUID::toString).orElse(""),
              messageId.isPresent() && !sender.isEmpty() ? "" : fingerprint),
          fingerprint);
    }

    private Optional<UUID> senderId() {
      return name.senderId().isEmpty()
          ? Optional.empty()
          : Optional.of(UUID.fromString(name.senderId()));
    }

    /** Nothing where it lacks either half. */
    Optional<MessageKey> key() {
      return senderId().flatMap(sender -> messageId().map(id -> new MessageKey(sender, id)));
    }

    /** What the relay calls it. */
    Optional<UUID> messageId() {
      return name.messageId().isEmpty()
          ? Optional.empty()
          : Optional.of(UUID.fromString(name.messageId()));
    }
  }

  Verdict verdict(Seen seen) {
    Optional<Remembered> before =
        store
            .refusals()
            .find(seen.name())
            .filter(refusal -> refusal.fingerprint().equals(seen.fingerprint()));
    if (before.isEmpty()) {
      return Verdict.OPEN;
    }
    if (before.get().isDiscarded()) {
      return Verdict.DISCARDED;
    }
    String known = known(seen);
    boolean changed =
        !before.get().basis().equals(basis(known))
            || OF_THE_CLOCK.contains(before.get().reason())
            || (mayBeCured(before.get(), known)
                && seen.senderId().filter(askings::isDue).isPresent());
    return changed ? Verdict.OPEN : Verdict.STANDS;
  }

  /** Whether the directory may know what would change the answer. */
  private static boolean mayBeCured(Remembered refusal, String known) {
    return known.isEmpty() || CURABLE.contains(Refusal.valueOf(refusal.reason()));
  }

  /** A message is refused: it is remembered with the next {@link #settled}. */
  void add(Seen seen, RefusedException refused) {
    fresh.add(new Fresh(seen, basis(known(seen)), kept(seen, refused, "")));
  }

  /**
   * Remembers a refusal at once, and keeps the message for a look.
   *
   * @param more what else is to be said of it
   * @return what is kept, if that is new
   */
  Optional<Quarantined> keep(Seen seen, RefusedException refused, String more) {
    Quarantined kept = kept(seen, refused, more);
    return store.refusals().refuse(seen.name(), seen.fingerprint(), basis(known(seen)), kept)
        ? Optional.of(kept)
        : Optional.empty();
  }

  private Quarantined kept(Seen seen, RefusedException refused, String more) {
    return new Quarantined(
        seen.name().messageId(),
        seen.name().senderId(),
        surroundings.now(),
        refused.refusal().name(),
        refused.getMessage() + more,
        seen.wire());
  }

  /**
   * Remembers what was refused, all in one transaction, and keeps it for a look.
   *
   * @return what of it is new
   */
  List<Quarantined> settled() {
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<Quarantined> added =
        store.transaction(
            () ->
                fresh.stream()
                    .filter(
                        each ->
                            store
                                .refusals()
                                .refuse(
                                    each.seen().name(),
                                    each.seen().fingerprint(),
                                    each.basis(),
                                    each.kept()))
                    .map(Fresh::kept)
                    .toList());
    fresh.clear();
    return added;
  }

  private record Fresh(Seen seen, String basis, Quarantined kept) {}

  /** A name of what is known of its sender; empty where that is nothing. */
  private String known(Seen seen) {
    return seen.senderId().map(store.peers()::fingerprint).orElse("");
  }

  private static String basis(String known) {
    return RULES + "/" + Capabilities.ofThisProgram().names() + "/" + known;
  }
}
