package io.quantchat.client.accountfile;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.AccountFileException;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileStore.Sealed;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.MessageStore.Placed;
import io.quantchat.client.store.OwnStreamStore.Sent;
import io.quantchat.client.store.PeerStore.Seen;
import io.quantchat.client.store.TheirStreamStore.Heard;
import io.quantchat.crypto.EcdsaPrivateKey;
import io.quantchat.crypto.Identity;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MlDsaPrivateKey;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.crypto.StreamPlace;
import io.quantchat.crypto.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Brings an account file into a store. Where there is no identity, the file's is the store's from
 * then on, and the store has to {@linkplain io.quantchat.client.store.AccountStore#isBrought go on
 * as one that was brought}. Where the same one is there, what the store knows stays, and what it
 * doesn't is added.
 */
public final class AccountFileReader {

  private static final int SECRET_SIZE = 32;

  private final LocalStore store;
  private final LineInput in;
  private final SecureRandom random;

  /** Of what a file may have once. */
  private final Set<List<Object>> known = new HashSet<>();

  private final Set<UUID> heardBefore = new HashSet<>();
  private UUID userId;
  private int added;
  private int here;

  private AccountFileReader(LocalStore store, LineInput in, SecureRandom random) {
    this.store = store;
    this.in = in;
    this.random = random;
  }

  /**
   * Brings all of it, or nothing.
   *
   * @return how many messages came in, and how many were there
   * @throws AccountFileException where it can't be read, isn't whole, or is of another account or
   *     identity than the store
   */
  public static ImportResult read(
      InputStream from, char[] passphrase, LocalStore store, SecureRandom random) {
    try {
      Header header = Header.read(from);
      var in = new LineInput(from, new SegmentCipher(header, passphrase));
      return store.transaction(() -> new AccountFileReader(store, in, random).readAll());
    } catch (IOException e) {
      throw Refusals.unreadable(e);
    }
  }

  private ImportResult readAll() {
    readAccount(next("account"));
    Identity identity = readIdentity(next("identity"));
    while (true) {
      Fields line = in.next().orElseThrow(Refusals::damaged);
      if (line.text("kind").equals("end")) {
        requireEnd(line);
        return new ImportResult(added, here, 0, List.of());
      }
      read(line, identity);
    }
  }

  private Fields next(String kind) {
    Fields line = in.next().orElseThrow(Refusals::damaged);
    if (!line.text("kind").equals(kind)) {
      throw line.senseless();
    }
    return line;
  }

  private void requireEnd(Fields line) {
    if (line.number("lines", Fields.LARGEST) != line.line() - 1 || in.next().isPresent()) {
      throw line.senseless();
    }
  }

  private void read(Fields line, Identity identity) {
    switch (line.text("kind")) {
      case "account", "identity" -> throw line.senseless();
      case "bundle" -> readBundle(line, identity);
      case "seen" -> readSeen(line);
      case "peer" -> readPeer(line);
      case "heard" -> readHeard(line);
      case "sent" -> readSent(line);
      case "received" -> store.received().bring(messageKey(line));
      case "receipt_key" -> readReceiptKey(line);
      case "message" -> readMessage(line);
      default -> {
        // A newer program knows more.
      }
    }
  }

  private void requireOnce(Fields line, Object... key) {
    if (!known.add(List.of(line.text("kind"), List.of(key)))) {
      throw line.senseless();
    }
  }

  private void readAccount(Fields line) {
    var account =
        new Account(
            line.id("user_id"), line.text("email"), line.text("username"), line.text("full_name"));
    Optional<Account> owner = store.account().account();
    if (owner.filter(there -> !there.userId().equals(account.userId())).isPresent()) {
      throw Refusals.otherAccount(account.email());
    }
    userId = account.userId();
    if (owner.isEmpty()) {
      store.account().keep(account);
    }
  }

  private Identity readIdentity(Fields line) {
    try (IdentityKeys brought = line.made(() -> identity(line))) {
      Optional<IdentityKeys> there = store.account().identity();
      if (there.isEmpty()) {
        store.account().keep(brought);
        store.account().brought(true);
      } else {
        try (IdentityKeys keys = there.get()) {
          if (!keys.identity().equals(brought.identity())) {
            throw Refusals.otherIdentity();
          }
        }
      }
      return brought.identity();
    }
  }

  private static IdentityKeys identity(Fields line) {
    try (Secret ecdsa = Secret.owning(line.bytes("ecdsa", SECRET_SIZE));
        Secret mlDsa = Secret.owning(line.bytes("ml_dsa", SECRET_SIZE))) {
      return new IdentityKeys(EcdsaPrivateKey.of(ecdsa), MlDsaPrivateKey.of(mlDsa));
    }
  }

  /** Versions go on from it; its prekeys can't be used here. */
  private void readBundle(Fields line, Identity identity) {
    requireOnce(line);
    SignedBundle bundle = bundle(line, "bundle");
    if (!bundle.bundle().userId().equals(userId) || !bundle.bundle().identity().equals(identity)) {
      throw line.senseless();
    }
    if (store.account().isBrought() && store.ownBundles().latest().isEmpty()) {
      store.ownBundles().keep(bundle);
      store.ownBundles().published(bundle.bundle().version());
    }
  }

  private static SignedBundle bundle(Fields line, String name) {
    Map<String, Object> bundle = line.object(name);
    return line.made(() -> SignedBundle.fromMap(bundle));
  }

  private void readSeen(Fields line) {
    String fingerprint = line.text("fingerprint");
    requireOnce(line, fingerprint);
    store
        .peers()
        .bring(new Seen(fingerprint, line.id("user_id"), line.number("version", Fields.LARGEST)));
  }

  private void readPeer(Fields line) {
    UUID peerId = line.id("user_id");
    requireOnce(line, peerId);
    Optional<SignedBundle> changed =
        line.has("changed") ? Optional.of(bundle(line, "changed")) : Optional.empty();
    var peer =
        new Peer(
            peerId,
            bundle(line, "bundle"),
            suite(line),
            line.number("floor_version", Fields.LARGEST),
            changed);
    boolean isTheirs =
        peer.bundle().bundle().userId().equals(peerId)
            && changed.filter(other -> !other.bundle().userId().equals(peerId)).isEmpty();
    if (!isTheirs) {
      throw line.senseless();
    }
    store.peers().bring(peer);
  }

  private static Suite suite(Fields line) {
    String version = line.text("floor");
    return Arrays.stream(Suite.values())
        .filter(suite -> suite.version().equals(version))
        .findFirst()
        .orElseThrow(Refusals::newer);
  }

  /** Of somebody of whom something was heard here, what was heard elsewhere is older. */
  private void readHeard(Fields line) {
    UUID senderId = line.id("sender_id");
    UUID epoch = line.id("epoch");
    requireOnce(line, senderId, epoch);
    var heard =
        new Heard(
            senderId,
            epoch,
            line.number("highest", Fields.LARGEST),
            line.numbers("missing"),
            line.numbers("no_more"),
            0,
            0,
            0,
            0);
    if (heardBefore.contains(senderId) || store.theirStreams().last(senderId).isEmpty()) {
      heardBefore.add(senderId);
      store.theirStreams().keep(heard);
    }
  }

  private void readSent(Fields line) {
    UUID messageId = line.id("message_id");
    requireOnce(line, messageId);
    Optional<StreamPlace> place =
        line.has("epoch")
            ? Optional.of(
                line.made(
                    () -> new StreamPlace(line.id("epoch"), line.number("number", Fields.LARGEST))))
            : Optional.empty();
    store
        .ownStreams()
        .bring(
            new Sent(
                0,
                messageId,
                line.id("contact_id"),
                place,
                line.id("current_id"),
                line.isTrue("void")));
  }

  private MessageKey messageKey(Fields line) {
    var key = new MessageKey(line.id("sender_id"), line.id("message_id"));
    requireOnce(line, key.senderId(), key.messageId());
    return key;
  }

  private void readReceiptKey(Fields line) {
    MessageKey of = messageKey(line);
    UUID unused = line.id("contact_id");
    try (Secret secret = Secret.owning(line.bytes("key"));
        ReceiptKey key = line.made(() -> ReceiptKey.of(secret))) {
      boolean isThere = store.messages().contains(of) || store.receiptKeys().contains(of);
      if (!isThere) {
        store.receiptKeys().keep(of.senderId(), of.messageId(), key);
      }
    }
  }

  private void readMessage(Fields line) {
    MessageKey of = messageKey(line);
    Placed placed = MessageLines.read(line, userId);
    List<FileEntry> files = MessageLines.files(line);
    if (!store.messages().bring(placed)) {
      here++;
      return;
    }
    added++;
    if (!files.isEmpty()) {
      store
          .files()
          .add(
              of.senderId(),
              of.messageId(),
              placed.message().contactId(),
              files.stream()
                  .map(entry -> new Sealed(new UUID(random.nextLong(), random.nextLong()), entry))
                  .toList());
    }
  }
}
