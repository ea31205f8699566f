package io.quantchat.client.store;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OneTimeKeys;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.PixelSize;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.Receipt;
import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.crypto.StreamPlace;
import io.quantchat.crypto.Suite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A store with something in each of its tables, and all that it says to those who ask. */
final class FilledStore {

  static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
  static final UUID SELF = new UUID(0, 1);
  static final List<UUID> CONTACTS = List.of(new UUID(0, 2), new UUID(0, 3));

  private static final Instant THEN = Instant.parse("2026-01-05T12:00:00Z");
  private static final int MESSAGES = 5;
  private static final int PAIRS = 3;
  private static final int RECEIPT_KEY_SIZE = 32;

  private FilledStore() {}

  static LocalStore open(Path file) {
    return LocalStore.open(file, "a passphrase".toCharArray(), CHEAP, new SecureRandom());
  }

  static void fill(LocalStore store) {
    var random = new SecureRandom();
    store.account().keep(new Account(SELF, "ada@example.com", "ada", "Ada"));
    store.account().keep(new AccountStore.Tokens("access", "refresh", THEN));
    fillOwnKeys(store);
    store
        .account()
        .keep(
            CONTACTS.stream()
                .map(
                    id ->
                        new Contact(
                            id, "ben", "", "Ben", true, false, List.of(), Map.of("id", id + "")))
                .toList());
    for (UUID contact : CONTACTS) {
      messages(store, contact);
      peer(store, contact, random);
      numbered(store, contact);
      receiptKey(store, contact);
    }
    store.ownUploads().uploaded(THEN);
    for (int i = 0; i < CONTACTS.size(); i++) {
      store
          .refusals()
          .refuse(
              new RefusalStore.Name(CONTACTS.get(i).toString(), new UUID(7, i).toString(), ""),
              "fingerprint",
              "basis",
              new Quarantined(
                  new UUID(7, i).toString(),
                  CONTACTS.get(i).toString(),
                  THEN.plusSeconds(i),
                  "WRONG_KEY",
                  "It names a key that is not theirs.",
                  Map.of("id", new UUID(7, i).toString())));
    }
  }

  static void fillOwnKeys(LocalStore store) {
    var random = new SecureRandom();
    try (IdentityKeys identity = IdentityKeys.generate(random)) {
      store.account().keep(identity);
      ownKeys(store, identity, random);
    }
  }

  private static void ownKeys(LocalStore store, IdentityKeys identity, SecureRandom random) {
    for (long version = 1; version <= 2; version++) {
      Instant now = THEN.plusSeconds(version);
      try (EcdhPrivateKey signed = EcdhPrivateKey.generate(random);
          MlKemPrivateKey lastResort = MlKemPrivateKey.generate(random)) {
        store.ownKeys().rotate(signed, lastResort, now);
        List<ListedKey> keys =
            List.of(
                ListedKey.of(identity.ecdsa().publicKey(), now, KeyStatus.ACTIVE),
                ListedKey.of(identity.mlDsa().publicKey(), now, KeyStatus.ACTIVE),
                ListedKey.of(signed.publicKey(), now, KeyStatus.ACTIVE),
                ListedKey.of(lastResort.publicKey(), now, KeyStatus.ACTIVE));
        store.ownBundles().keep(bundle(SELF, version, now, keys, identity, random));
      }
    }
    store.ownBundles().published(1);
    batch(store, SELF, identity, random);
  }

  private static SignedBundle bundle(
      UUID owner,
      long version,
      Instant now,
      List<ListedKey> keys,
      IdentityKeys identity,
      SecureRandom random) {
    var bundle =
        new Bundle(
            owner,
            version,
            now,
            now.plus(Bundle.LONGEST_LIFE),
            Capabilities.ofThisProgram(),
            new KeySet(keys));
    return SignedBundle.sign(bundle, identity, random);
  }

  private static PrekeyBatch batch(
      LocalStore store, UUID owner, IdentityKeys identity, SecureRandom random) {
    List<OneTimeKeys> pairs =
        IntStream.range(0, PAIRS).mapToObj(i -> OneTimeKeys.generate(random)).toList();
    PrekeyBatch batch =
        PrekeyBatch.sign(
            owner,
            UUID.randomUUID(),
            THEN,
            pairs.stream().map(OneTimeKeys::prekey).toList(),
            identity,
            random);
    if (owner.equals(SELF)) {
      store.ownKeys().addBatch(batch, pairs, THEN);
    }
    return batch;
  }

  private static void peer(LocalStore store, UUID contact, SecureRandom random) {
    try (IdentityKeys identity = IdentityKeys.generate(random);
        EcdhPrivateKey signed = EcdhPrivateKey.generate(random);
        MlKemPrivateKey lastResort = MlKemPrivateKey.generate(random)) {
      List<ListedKey> keys =
          List.of(
              ListedKey.of(identity.ecdsa().publicKey(), THEN, KeyStatus.ACTIVE),
              ListedKey.of(identity.mlDsa().publicKey(), THEN, KeyStatus.ACTIVE),
              ListedKey.of(signed.publicKey(), THEN, KeyStatus.ACTIVE),
              ListedKey.of(lastResort.publicKey(), THEN, KeyStatus.ACTIVE));
      SignedBundle bundle = bundle(contact, 1, THEN, keys, identity, random);
      store.peers().keep(Peer.pin(contact, bundle, THEN));
      store.peers().saw(bundle.bundle());
      store.peers().checked(contact, THEN);
      List<OfferedPrekey> offers = batch(store, contact, identity, random).offers();
      offers.forEach(offer -> store.peers().offer(contact, offer, THEN));
      store.peers().spend(offers.getFirst().prekey().id());
    }
  }

  private static void messages(LocalStore store, UUID contact) {
    for (int i = 0; i < MESSAGES; i++) {
      Message message = message(contact, i);
      store.messages().add(message);
      if (message.senderId().equals(SELF)) {
        store.outbox().add(message.id(), contact);
        if (i == 0) {
          store
              .outbox()
              .keepRequest(message.id(), ("sealed " + i).getBytes(StandardCharsets.UTF_8));
        }
      } else {
        store.messages().oweReceipt(message);
        store.received().remember(new MessageKey(contact, message.id()));
      }
    }
  }

  /** What was numbered on its way out and in, and what is asked for of it. */
  private static void numbered(LocalStore store, UUID contact) {
    for (int i = 0; i < MESSAGES; i += 2) {
      store.ownStreams().took(message(contact, i).id(), contact, store.ownStreams().next(contact));
    }
    store.ownStreams().neverComes(message(contact, 2).id());
    UUID epoch = new UUID(contact.getLeastSignificantBits(), 100);
    store
        .theirStreams()
        .keep(
            TheirStreamStore.Heard.nothing(contact, epoch)
                .with(1)
                .with(4)
                .told(2, THEN.toEpochMilli()));
    store.asked().add(askedFor(contact), THEN);
    store.requests().keep(request(contact), message(contact, 1).id());
    store.refusals().asked(contact, new RefusalStore.Asking(THEN, 2));
    Message withFile = message(contact, 1);
    store
        .files()
        .add(
            withFile.senderId(),
            withFile.id(),
            contact,
            List.of(
                new FileStore.Sealed(
                    new UUID(contact.getLeastSignificantBits(), 70),
                    new FileEntry(
                        new FileEntry.About(
                            "secret.jpg",
                            "image/jpeg",
                            1,
                            Optional.of(new PixelSize(2, 3)),
                            Optional.of(new byte[] {4}),
                            Optional.of("hash"),
                            Optional.of("digest")),
                        new FileEntry.Ciphertext(
                            new byte[32], 5, new byte[32], List.of(new byte[32])),
                        FileEntry.Way.waiting().begun("media", Optional.of(THEN))))));
  }

  private static MessageKey askedFor(UUID contact) {
    return new MessageKey(contact, new UUID(contact.getLeastSignificantBits(), 50));
  }

  private static UUID request(UUID contact) {
    return new UUID(contact.getLeastSignificantBits(), 60);
  }

  /** Another one each time. */
  static void receiptKey(LocalStore store, UUID contact) {
    byte[] suite = Suite.V2.version().getBytes(StandardCharsets.US_ASCII);
    var kept = new byte[RECEIPT_KEY_SIZE + suite.length];
    new SecureRandom().nextBytes(kept);
    System.arraycopy(suite, 0, kept, RECEIPT_KEY_SIZE, suite.length);
    try (Secret secret = Secret.owning(kept);
        ReceiptKey key = ReceiptKey.of(secret)) {
      store.receiptKeys().keep(contact, message(contact, 1).id(), key);
    }
  }

  static Message message(UUID contact, int number) {
    boolean own = number % 2 == 0;
    return new Message(
        new UUID(contact.getLeastSignificantBits(), number),
        own ? SELF : contact,
        contact,
        THEN.plusSeconds(number),
        THEN.plusSeconds(number),
        own ? MessageState.SENDING : MessageState.DELIVERED,
        "Text " + number + " with " + contact,
        Map.of("crypto_version", "v2"));
  }

  /** All that the store says. */
  static List<String> dump(LocalStore store) {
    var said = new ArrayList<String>();
    said.add(String.valueOf(store.account().account()));
    said.add(tried(() -> store.account().tokens().map(AccountStore.Tokens::refresh)));
    said.add(tried(() -> identity(store)));
    said.add(tried(() -> store.account().contacts()));
    said.add("correspondents " + store.messages().correspondents());
    for (UUID contact : CONTACTS) {
      store.messages().conversation(contact).forEach(message -> said.add(message.toString()));
      said.add(tried(() -> store.peers().find(contact).map(FilledStore::pin)));
      said.add(tried(() -> store.peers().nextPrekey(contact, THEN).map(FilledStore::offered)));
      for (int i = 0; i < MESSAGES; i++) {
        var key = new MessageKey(contact, new UUID(contact.getLeastSignificantBits(), i));
        said.add(key + " received " + store.received().contains(key));
        said.add(tried(() -> store.outbox().request(key.messageId()).map(Arrays::toString)));
      }
    }
    CONTACTS.forEach(contact -> said.addAll(saidOfNumbers(store, contact)));
    store.messages().owedReceipts().forEach(message -> said.add("owed " + message.id()));
    said.add("missed " + store.messages().mayHaveMissedReceipts());
    said.add("waiting " + store.outbox().waiting());
    said.add(tried(() -> store.refusals().kept()));
    said.addAll(ownKeys(store));
    return said;
  }

  private static List<String> saidOfNumbers(LocalStore store, UUID contact) {
    var said = new ArrayList<String>();
    StreamPlace next = store.ownStreams().next(contact);
    // A stream that isn't there has another epoch each time.
    said.add("next " + (next.number() == 1 ? "of a new stream" : next));
    said.add("sent " + store.ownStreams().after(contact, Optional.empty(), 10));
    said.add("never comes " + store.ownStreams().noMore(contact, next.epoch()));
    for (int i = 0; i < MESSAGES; i += 2) {
      UUID id = message(contact, i).id();
      said.add(id + " is " + store.ownStreams().current(id));
    }
    said.add(tried(() -> store.theirStreams().last(contact)));
    said.add(
        tried(
            () ->
                store.theirStreams().open().stream()
                    .filter(heard -> heard.senderId().equals(contact))
                    .toList()));
    said.add("asked for " + store.asked().due(contact, THEN, 9, 9));
    said.add("request " + store.requests().message(request(contact)));
    said.add(
        tried(
            () ->
                store.files().of(message(contact, 1).senderId(), message(contact, 1).id()).stream()
                    .map(file -> file.number() + " " + file.entry().toMap())
                    .toList()));
    said.add(
        "files are up "
            + store.files().areUp(message(contact, 1).senderId(), message(contact, 1).id()));
    said.add("asked for keys " + store.refusals().asked(contact));
    said.add(
        tried(
            () ->
                store
                    .peers()
                    .find(contact)
                    .flatMap(
                        known ->
                            store.peers().newestSeen(known.peer().bundle().bundle().identity()))));
    said.add(
        tried(
            () ->
                store
                    .receiptKeys()
                    .find(contact, message(contact, 1).id())
                    .map(FilledStore::proof)));
    return said;
  }

  private static String proof(ReceiptKey key) {
    try (key) {
      return Arrays.toString(key.prove(Receipt.READ, SELF));
    }
  }

  private static List<String> ownKeys(LocalStore store) {
    var said = new ArrayList<String>();
    said.add("unspent " + store.ownKeys().unspentSince(Instant.EPOCH));
    said.add("uploaded " + store.ownUploads().lastUploaded());
    said.add("to be withdrawn " + store.ownUploads().isWithdrawalDue());
    for (long version = 1; version <= 3; version++) {
      long current = version;
      said.add(tried(() -> store.ownKeys().bundle(current).map(bundle -> keys(store, bundle))));
      said.add("published " + store.ownBundles().isPublished(version));
    }
    said.add(tried(() -> store.ownBundles().latest().map(bundle -> bundle.bundle().version())));
    said.add(
        tried(
            () ->
                store.ownKeys().batchesToUpload().stream()
                    .map(batch -> batch.batchId() + " " + pairs(store, batch))
                    .toList()));
    return said;
  }

  private static Object keys(LocalStore store, Bundle bundle) {
    var found = new TreeMap<String, String>();
    for (ListedKey key : bundle.keys().keys()) {
      KeyId id = key.id();
      found.put(
          id.text(),
          store.ownKeys().holds(id)
              + " "
              + store.ownKeys().signedPrekey(id).map(held -> held.status())
              + " "
              + store.ownKeys().lastResort(id).map(held -> held.status()));
    }
    return found;
  }

  private static Object pairs(LocalStore store, PrekeyBatch batch) {
    return batch.offers().stream()
        .map(OfferedPrekey::prekey)
        .map(prekey -> prekey.id() + "=" + store.ownKeys().oneTime(prekey.id()).isPresent())
        .toList();
  }

  private static Object identity(LocalStore store) {
    return store
        .account()
        .identity()
        .map(
            keys -> {
              try (keys) {
                return KeyId.of(keys.ecdsa().publicKey())
                    + " "
                    + KeyId.of(keys.mlDsa().publicKey());
              }
            });
  }

  private static Object pin(PeerStore.Known known) {
    Peer peer = known.peer();
    return peer.bundle().toMap()
        + " "
        + peer.floor()
        + peer.floorVersion()
        + peer.changed().isPresent()
        + known.checked();
  }

  private static Object offered(OfferedPrekey offered) {
    return offered.prekey().id();
  }

  /** What is damaged is said to be. */
  private static String tried(Supplier<Object> question) {
    try {
      return String.valueOf(question.get());
    } catch (DamagedException e) {
      return "damaged";
    }
  }
}
