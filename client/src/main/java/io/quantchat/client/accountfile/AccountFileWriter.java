package io.quantchat.client.accountfile;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.MessageStore.Placed;
import io.quantchat.client.store.OwnStreamStore.Sent;
import io.quantchat.client.store.PeerStore.Seen;
import io.quantchat.client.store.ReceiptKeyStore.Owned;
import io.quantchat.client.store.TheirStreamStore.Heard;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.Numbers;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.ReceiptKey;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.SignedBundle;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes what an account file has of a store, in the order that the format asks for. */
public final class AccountFileWriter {

  private static final String PROGRAM = "QuantChat (Java)";

  /** Rows that are read at once. */
  private static final int PAGE = 1_000;

  private final LocalStore store;
  private final LineOutput out;

  private AccountFileWriter(LocalStore store, LineOutput out) {
    this.store = store;
    this.out = out;
  }

  /**
   * Writes all of it, of one moment.
   *
   * @throws LoginRequiredException where there is no account in the store, or no identity
   * @throws io.quantchat.client.model.AccountFileException where it can't be written
   */
  public static void write(
      LocalStore store,
      OutputStream to,
      char[] passphrase,
      Argon2Cost cost,
      SecureRandom random,
      Instant now) {
    Header header = Header.fresh(cost, random);
    var cipher = new SegmentCipher(header, passphrase);
    store.transaction(
        () -> {
          var out = LineOutput.begin(to, header, cipher);
          new AccountFileWriter(store, out).writeAll(now);
          out.finish();
        });
  }

  private void writeAll(Instant now) {
    Account account = store.account().account().orElseThrow(LoginRequiredException::new);
    out.write(line(account, now));
    try (IdentityKeys keys = store.account().identity().orElseThrow(LoginRequiredException::new)) {
      out.write(line(keys));
    }
    store.ownBundles().latest().ifPresent(bundle -> out.write(line(bundle)));
    store.peers().seen().forEach(seen -> out.write(line(seen)));
    store.peers().all().forEach(peer -> out.write(line(peer)));
    store.theirStreams().all().forEach(heard -> out.write(line(heard)));
    writeSent();
    writeReceived();
    writeReceiptKeys();
    store.messages().correspondents().forEach(this::writeMessages);
    out.write(Map.of("kind", "end", "lines", out.lines()));
  }

  private static Map<String, Object> line(Account account, Instant now) {
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "account");
    line.put("user_id", account.userId().toString());
    line.put("email", account.email());
    line.put("username", account.username());
    line.put("full_name", account.fullName());
    line.put("created", now.toEpochMilli());
    line.put("program", PROGRAM);
    return line;
  }

  private static Map<String, Object> line(IdentityKeys keys) {
    try (Secret ecdsa = keys.ecdsa().toSecret();
        Secret mlDsa = keys.mlDsa().toSecret()) {
      var line = new LinkedHashMap<String, Object>();
      line.put("kind", "identity");
      line.put("ecdsa", text(ecdsa.bytes()));
      line.put("ml_dsa", text(mlDsa.bytes()));
      return line;
    }
  }

  private static Map<String, Object> line(SignedBundle bundle) {
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "bundle");
    line.put("bundle", bundle.toMap());
    return line;
  }

  private static Map<String, Object> line(Seen seen) {
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "seen");
    line.put("fingerprint", seen.fingerprint());
    line.put("user_id", seen.userId().toString());
    line.put("version", seen.version());
    return line;
  }

  private static Map<String, Object> line(Peer peer) {
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "peer");
    line.put("user_id", peer.userId().toString());
    line.put("bundle", peer.bundle().toMap());
    line.put("floor", peer.floor().version());
    line.put("floor_version", peer.floorVersion());
    peer.changed().ifPresent(changed -> line.put("changed", changed.toMap()));
    return line;
  }

  private static Map<String, Object> line(Heard heard) {
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "heard");
    line.put("sender_id", heard.senderId().toString());
    line.put("epoch", heard.epoch().toString());
    line.put("highest", heard.highest());
    line.put("missing", spans(heard.missing()));
    line.put("no_more", spans(heard.noMore()));
    return line;
  }

  private static List<List<Long>> spans(Numbers numbers) {
    return numbers.spans().stream().map(span -> List.of(span.first(), span.last())).toList();
  }

  private void writeSent() {
    List<Sent> page = store.ownStreams().sent(0, PAGE);
    while (!page.isEmpty()) {
      page.forEach(sent -> out.write(line(sent)));
      page = store.ownStreams().sent(page.getLast().row(), PAGE);
    }
  }

  private static Map<String, Object> line(Sent sent) {
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "sent");
    line.put("message_id", sent.messageId().toString());
    line.put("contact_id", sent.contactId().toString());
    sent.place()
        .ifPresent(
            place -> {
              line.put("epoch", place.epoch().toString());
              line.put("number", place.number());
            });
    line.put("current_id", sent.currentId().toString());
    if (sent.isVoid()) {
      line.put("void", true);
    }
    return line;
  }

  private void writeReceived() {
    List<MessageKey> page = store.received().after(Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      for (MessageKey key : page) {
        var line = new LinkedHashMap<String, Object>();
        line.put("kind", "received");
        line.put("sender_id", key.senderId().toString());
        line.put("message_id", key.messageId().toString());
        out.write(line);
      }
      page = store.received().after(Optional.of(page.getLast()), PAGE);
    }
  }

  private void writeReceiptKeys() {
    List<Owned> page = store.receiptKeys().after(Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      page.forEach(this::writeReceiptKey);
      page = store.receiptKeys().after(Optional.of(page.getLast()), PAGE);
    }
  }

  private void writeReceiptKey(Owned owned) {
    try (ReceiptKey key =
            store.receiptKeys().find(owned.senderId(), owned.messageId()).orElseThrow();
        Secret secret = key.toSecret()) {
      var line = new LinkedHashMap<String, Object>();
      line.put("kind", "receipt_key");
      line.put("sender_id", owned.senderId().toString());
      line.put("message_id", owned.messageId().toString());
      line.put("contact_id", owned.contactId().toString());
      line.put("key", text(secret.bytes()));
      out.write(line);
    }
  }

  private void writeMessages(UUID contactId) {
    List<Placed> page = store.messages().after(contactId, Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      page.forEach(placed -> out.write(MessageLines.of(placed, files(placed))));
      page = store.messages().after(contactId, Optional.of(page.getLast()), PAGE);
    }
  }

  private List<FileEntry> files(Placed placed) {
    return store.files().of(placed.message().senderId(), placed.message().id()).stream()
        .map(Kept::entry)
        .toList();
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
