package io.quantchat.client;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.Message;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.OutboxStore.Waiting;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.MediaRefs;
import io.quantchat.crypto.MessageSealer;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OutgoingMessage;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.Sealed;
import io.quantchat.crypto.StreamPlace;
import io.quantchat.crypto.Utf8Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Seals messages, each once. Its bytes, what the recipient's pin then is, and the end of the prekey
 * are one transaction: who dies before it has sent nothing, and who dies after it has the bytes.
 */
final class Sealing {

  /** Refusals of the prekey, not of the peer: another prekey may do. */
  private static final Set<Refusal> OF_THE_PREKEY =
      Set.of(
          Refusal.REUSED_PREKEY,
          Refusal.EXPIRED_PREKEY,
          Refusal.BAD_PROOF,
          Refusal.BAD_SIGNATURE,
          Refusal.MISSING_SIGNATURE,
          Refusal.UNEXPECTED_SIGNATURE,
          Refusal.WRONG_KEY,
          Refusal.WRONG_USER);

  /**
   * A directory may go on handing out one-time prekeys that are no good: what couldn't be opened
   * twice goes by the keys of the bundle alone.
   */
  private static final int TIMES_WITH_ONE_TIME_PREKEY = 2;

  private static final String GONE =
      "A file of it isn't here: send the message from where its files are, or write it anew.";

  static final String NO_FILES =
      "Their program can't take files: nothing was sent. They have to update it first.";

  private final LocalStore store;
  private final Peers peers;
  private final Surroundings surroundings;
  private final MessageSealer sealer;

  Sealing(
      UUID userId,
      LocalStore store,
      Peers peers,
      IdentityKeys identity,
      Surroundings surroundings) {
    this.store = store;
    this.peers = peers;
    this.surroundings = surroundings;
    this.sealer =
        new MessageSealer(
            userId,
            identity,
            Capabilities.ofThisProgram(),
            store.peers()::isSpent,
            surroundings.clock(),
            surroundings.random());
  }

  /**
   * Seals a message, and keeps what was sealed: nothing leaves that isn't in the store.
   *
   * @param written when it was, which its recipient is told where it goes out once more
   * @return the send request's JSON
   * @throws RefusedException where nothing can be sent to that contact as things are
   */
  byte[] seal(Message message, Instant written) {
    List<Content.Replaced> replaces = store.ownStreams().replacedBy(message.id());
    StreamPlace place = store.ownStreams().next(message.contactId());
    List<Kept> files = store.files().of(message.senderId(), message.id());
    if (files.stream().anyMatch(file -> file.entry().way().state() == FileState.GONE)) {
      throw new FileException(GONE);
    }
    var content =
        new Content.Text(
            message.text(),
            place,
            store.ownStreams().noMore(message.contactId(), place.epoch()),
            replaces,
            replaces.isEmpty() ? Optional.empty() : Optional.of(written),
            files.stream().map(MessageFiles::attached).toList());
    MediaRefs refs = MediaRefs.of(files.stream().map(MessageFiles::ref).toList());
    byte[] plain = Utf8Text.encode("text", message.text());
    Optional<byte[]> numbered = content.encode();
    SealedFor sealed =
        seal(
            message.contactId(),
            Resealing.timesOf(message) < TIMES_WITH_ONE_TIME_PREKEY,
            peer ->
                new OutgoingMessage(
                    message.id(),
                    message.created(),
                    files.isEmpty()
                        ? numbered.filter(bytes -> readsContents(peer)).orElse(plain)
                        : numbered.filter(bytes -> takesFiles(peer)).orElseThrow(Sealing::noFiles),
                    refs));
    boolean isNumbered = numbered.isPresent() && readsContents(sealed.peer());
    try (ReceiptKey receiptKey = sealed.sealed().receiptKey()) {
      return keep(
          message.id(),
          sealed.sealed(),
          () -> {
            store.receiptKeys().keep(message.senderId(), message.id(), receiptKey);
            if (isNumbered) {
              store.ownStreams().took(message.id(), message.contactId(), place);
            }
            store
                .messages()
                .keepDetails(
                    Details.of(
                        message, sealed.sealed().envelope().suite(), sealed.sealed().mode()));
          });
    }
  }

  /**
   * Seals a message that is for the contact's program, and in no conversation.
   *
   * @return the same; nothing where that program can't read it
   */
  Optional<byte[]> sealControl(Waiting waiting, byte[] content) {
    UUID messageId = waiting.messageId();
    if (!readsContents(peers.known(waiting.contactId()))) {
      return Optional.empty();
    }
    var outgoing = new OutgoingMessage(messageId, surroundings.now(), content);
    Sealed sealed = seal(waiting.contactId(), true, peer -> outgoing).sealed();
    // It is in no conversation: nobody tells how far it is.
    sealed.receiptKey().close();
    return Optional.of(keep(messageId, sealed, () -> {}));
  }

  /** Whether a contact's program, as it last said, takes files; the directory is asked. */
  boolean takesFiles(UUID contactId) {
    return takesFiles(peers.known(contactId)) || takesFiles(peers.refreshed(contactId));
  }

  private static boolean takesFiles(Peer peer) {
    return Content.takesFiles(peer.bundle().bundle().capabilities());
  }

  private static FileException noFiles() {
    return new FileException(NO_FILES);
  }

  private static boolean readsContents(Peer peer) {
    return Content.isReadBy(peer.bundle().bundle().capabilities());
  }

  private byte[] keep(UUID messageId, Sealed sealed, Runnable rest) {
    byte[] request = Json.write(sealed.envelope().toMap());
    surroundings.at(Step.SEALED);
    store.transaction(
        () -> {
          store.outbox().keepRequest(messageId, request);
          store.peers().keep(sealed.peer());
          sealed.envelope().sessionKey().prekeys().oneTime().ifPresent(store.peers()::spend);
          rest.run();
        });
    surroundings.at(Step.SEAL_KEPT);
    return request;
  }

  private SealedFor seal(
      UUID contactId, boolean withOneTime, Function<Peer, OutgoingMessage> outgoing) {
    boolean mayTake = withOneTime;
    while (true) {
      Peers.Supply supply = peers.supply(contactId, mayTake);
      Optional<OfferedPrekey> prekey = supply.prekey().filter(kept -> withOneTime);
      try {
        Peer peer = supply.peer();
        return new SealedFor(peer, sealer.seal(peer, prekey, outgoing.apply(peer)));
      } catch (RefusedException e) {
        if (prekey.isEmpty() || !OF_THE_PREKEY.contains(e.refusal())) {
          throw e;
        }
        // What a server that cheats hands out is passed over; it is asked once only.
        store.peers().spend(prekey.get().prekey().id());
        mayTake = false;
      }
    }
  }

  /** What was sealed, and for whom as they were then. */
  private record SealedFor(Peer peer, Sealed sealed) {}
}
