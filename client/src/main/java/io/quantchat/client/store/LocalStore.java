package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.model.WrongPassphraseException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** One account's store, open. */
public final class LocalStore implements AutoCloseable {

  private final Database database;
  private final Vault vault;
  private final Ledger ledger;
  private final AccountStore account;
  private final MessageStore messages;
  private final OutboxStore outbox;
  private final ReceiptKeyStore receiptKeys;
  private final RequestStore requests;
  private final ReceivedStore received;
  private final RefusalStore refusals;
  private final PeerStore peers;
  private final OwnBundleStore ownBundles;
  private final OwnKeyStore ownKeys;
  private final OwnUploadStore ownUploads;
  private final OwnStreamStore ownStreams;
  private final TheirStreamStore theirStreams;
  private final AskedStore asked;
  private final FileStore files;

  private LocalStore(Database database, Vault vault, StoreOpening opened) {
    RowCipher cipher = opened.cipher();
    var json = new SealedJson(cipher);
    this.database = database;
    this.vault = vault;
    this.ledger = opened.ledger();
    this.account = new AccountStore(database, cipher, json);
    this.messages = new MessageStore(database, json);
    this.outbox = new OutboxStore(database, cipher);
    this.refusals = new RefusalStore(database, json);
    this.received = new ReceivedStore(database, refusals);
    this.receiptKeys = new ReceiptKeyStore(database, cipher);
    this.requests = new RequestStore(database);
    this.peers = new PeerStore(database, json);
    this.ownBundles = new OwnBundleStore(database, json);
    this.ownKeys = new OwnKeyStore(database, cipher, json, ownBundles, received);
    this.ownUploads = new OwnUploadStore(database);
    this.ownStreams = new OwnStreamStore(database);
    this.theirStreams = new TheirStreamStore(database, json);
    this.asked = new AskedStore(database);
    this.files = new FileStore(database, json);
  }

  /**
   * Opens a store, or makes one. One that an earlier program made is one of this version from then
   * on.
   *
   * @param cost what trying a passphrase for a new store is to cost
   * @throws WrongPassphraseException where the passphrase is another
   * @throws StoreException where it can't be opened, or another program has it open
   * @throws DamagedException where something other than this program has altered it
   */
  public static LocalStore open(
      Path file, char[] passphrase, Argon2Cost cost, SecureRandom random) {
    Database database = Database.open(file);
    try {
      var vault = new Vault(database, random);
      return new LocalStore(
          database, vault, StoreOpening.open(file, database, vault, passphrase, cost, random));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Puts another passphrase in the place of the current one.
   *
   * @throws WrongPassphraseException where the current one is another
   */
  public void changePassphrase(char[] current, char[] next, Argon2Cost cost) {
    vault.change(current, next, cost);
  }

  /** Keeps all that the work writes, or nothing of it. */
  public <T> T transaction(Supplier<T> work) {
    return database.transaction(work);
  }

  /** Keeps all that the work writes, or nothing of it. */
  public void transaction(Runnable work) {
    database.transaction(work);
  }

  /**
   * Has an own message go out again, under a new id and sealed anew: it was refused for what its
   * bytes say, or can't be opened. It keeps its place in the conversation, and in the outbox while
   * it waits there; what is still said about the old id is said about nothing.
   *
   * @param senderId whose store it is
   * @param created what the recipient is told of when it was written
   * @return the message as it is now; nothing where there is none of the old id
   */
  public Optional<Message> reissue(UUID senderId, UUID oldId, UUID newId, Instant created) {
    return transaction(
        () -> {
          Optional<Message> reissued = messages.reissue(senderId, oldId, newId, created);
          reissued.ifPresent(
              message -> {
                boolean mayHaveLeft = outbox.mayHaveLeft(oldId);
                files.reissue(senderId, oldId, newId, mayHaveLeft);
                outbox.reissue(oldId, newId, message.contactId());
                receiptKeys.forget(senderId, oldId);
                ownStreams.reissue(oldId, newId, message.contactId());
              });
          requests.reissue(oldId, newId);
          return reissued;
        });
  }

  public AccountStore account() {
    return account;
  }

  public MessageStore messages() {
    return messages;
  }

  public OutboxStore outbox() {
    return outbox;
  }

  public ReceiptKeyStore receiptKeys() {
    return receiptKeys;
  }

  public RequestStore requests() {
    return requests;
  }

  public ReceivedStore received() {
    return received;
  }

  public RefusalStore refusals() {
    return refusals;
  }

  public PeerStore peers() {
    return peers;
  }

  public OwnBundleStore ownBundles() {
    return ownBundles;
  }

  public OwnKeyStore ownKeys() {
    return ownKeys;
  }

  public OwnUploadStore ownUploads() {
    return ownUploads;
  }

  /**
   * What was erased until now is in none of the store's files any more, the write-ahead log
   * included. Before an acknowledgement leaves.
   *
   * @throws StoreException where that can't be done now
   */
  public void settle() {
    database.settle();
  }

  /** What the store may be, instead of the one that was last written; until that is settled. */
  public Optional<Copy> copy() {
    return ledger.copy();
  }

  /**
   * Goes on with this store as the only one, in a new epoch. In the transaction that does away with
   * what another one may have used.
   */
  public void acceptAsOriginal() {
    database.transaction(ledger::acceptAsOriginal);
  }

  /** Another one after each time that the store was found to be a copy. */
  public UUID epoch() {
    return ledger.epoch();
  }

  public OwnStreamStore ownStreams() {
    return ownStreams;
  }

  public TheirStreamStore theirStreams() {
    return theirStreams;
  }

  public AskedStore asked() {
    return asked;
  }

  public FileStore files() {
    return files;
  }

  @Override
  public void close() {
    ledger.close();
    database.close();
  }
}
