package io.quantchat.client;

import io.quantchat.client.accountfile.AccountFileReader;
import io.quantchat.client.accountfile.AccountFileWriter;
import io.quantchat.client.files.FileFolder;
import io.quantchat.client.files.OutgoingFiles;
import io.quantchat.client.files.SavedFile;
import io.quantchat.client.markdown.FileText;
import io.quantchat.client.model.Account;
import io.quantchat.client.model.AccountFileException;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.BrokenTextException;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.LoginSession;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.model.WrongPassphraseException;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.FileStore.Sealed;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.HttpClients;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.ServerTime;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SafetyNumber;
import io.quantchat.crypto.SignedBundle;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client of one account, with a store of its own: end-to-end encrypted, offline or not.
 *
 * <p>Any thread may call. What needs the server throws {@link ServerUnreachableException} when
 * there is no answer, {@link ServerRefusalException} when it says no, {@link
 * LoginRequiredException} when there is no session. Sending and reading need no server: messages go
 * out and come in while {@link #connect connected}, or with {@link #sync}.
 */
public final class QuantChat implements AutoCloseable {

  /** The longest text, bytes of UTF-8. */
  public static final int LONGEST_TEXT = 65_535;

  /** The longest text of a message with files, bytes of UTF-8: what is said of them takes room. */
  public static final int LONGEST_TEXT_WITH_FILES = 20_000;

  /** Files of a message. */
  public static final int MOST_FILES = Content.MOST_FILES;

  private static final int MOST_ACKNOWLEDGED = 100;
  private static final Duration FORGETTING = Duration.ofHours(1);

  private final Servers servers;
  private final LocalStore store;
  private final Surroundings surroundings;
  private final QuantChatListener listener;
  private final HttpClient http;
  private final ServerTime serverTime;
  private final RelayApi relay;
  private final Worker worker;
  private final MessageIds ids;
  private final KeyTime keyTime;
  private final Forgetting forgetting;
  private final FileFolder folder;
  private final OutgoingFiles outgoing;
  private final Transfers transfers;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** There is one once there is an account; the worker's. */
  private Engine engine;

  private QuantChat(
      Servers servers,
      LocalStore store,
      Path file,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.servers = servers;
    this.store = store;
    this.surroundings = surroundings;
    this.listener = listener;
    Surroundings.Waits waits = surroundings.waits();
    this.http = HttpClients.of(servers.rest(), servers.socket(), waits.connect());
    this.serverTime = new ServerTime(surroundings.nanos());
    this.relay =
        new RelayApi(
            servers.rest(), http, waits.call(), store.account(), surroundings.clock(), serverTime);
    this.worker = new Worker(listener::failed);
    this.ids = new MessageIds(surroundings.random());
    this.keyTime = new KeyTime(store, surroundings, serverTime);
    this.forgetting = new Forgetting(store, keyTime);
    this.folder = new FileFolder(file);
    this.outgoing = new OutgoingFiles(folder, surroundings.random());
    this.transfers =
        new Transfers(
            store.files(),
            store.messages(),
            folder,
            relay.media(),
            http,
            new OfMessages(),
            surroundings,
            worker,
            listener);
  }

  /**
   * Opens an account's store, or makes an empty one.
   *
   * @param passphrase what the store is encrypted under; nobody can restore it
   * @throws WrongPassphraseException where the store is under another
   * @throws StoreException where it can't be opened
   */
  public static QuantChat open(
      Servers servers, Path file, char[] passphrase, QuantChatListener listener) {
    return open(servers, file, passphrase, listener, Surroundings.real());
  }

  static QuantChat open(
      Servers servers,
      Path file,
      char[] passphrase,
      QuantChatListener listener,
      Surroundings surroundings) {
    LocalStore store =
        LocalStore.open(file, passphrase, surroundings.passphraseCost(), surroundings.random());
    var chat = new QuantChat(servers, store, file, surroundings, listener);
    chat.forget();
    chat.sweep();
    boolean isElsewhere = store.copy().isPresent() || store.account().isBrought();
    if (isElsewhere && store.account().account().isPresent()) {
      chat.run(Engine::recover);
    }
    return chat;
  }

  /** Deletes the keys that are due, now and every hour, with or without an account or a server. */
  private void forget() {
    try {
      forgetting.run();
    } catch (StoreException e) {
      listener.failed(e);
    }
    worker.after(FORGETTING, this::forget);
  }

  /** Deletes files that are of no message. */
  private void sweep() {
    try {
      folder.sweep(store.files().ids());
    } catch (FileException e) {
      listener.failed(e);
    }
  }

  /** Makes an account, logs in, and publishes its keys. */
  public Account register(String email, char[] password, String username) {
    Map<String, String> names = username.isEmpty() ? Map.of() : Map.of("username", username);
    Account account = relay.session().register(email, password, names);
    publishKeys();
    return account;
  }

  /**
   * Logs in. A store without keys gets new ones: contacts will be told that the identity changed.
   */
  public Account login(String email, char[] password) {
    Account account = relay.session().login(email, password);
    run(Engine::mayHaveBeenCopied);
    publishKeys();
    return account;
  }

  /**
   * Writes the account file: identity, pins and history, encrypted, to bring the account to another
   * store, or to the browser's client. The bytes of messages' files aren't in it, and no prekeys.
   *
   * @param passphrase what the file is encrypted under; nobody can restore it
   * @throws LoginRequiredException where no account is in the store yet
   * @throws AccountFileException where it can't be written
   * @throws BrokenTextException for a passphrase with half of a character in it
   */
  public void exportAccountFile(char[] passphrase, OutputStream to) {
    BrokenTextException.requireWhole(passphrase);
    AccountFileWriter.write(
        store,
        to,
        passphrase,
        surroundings.passphraseCost(),
        surroundings.random(),
        surroundings.now());
  }

  /**
   * Brings an account file, of this client or of the browser's: all of it, or nothing. In a store
   * without an identity the account goes on from it, as the same to its contacts, with prekeys of
   * its own, and everybody is asked for what they have sent since; before or after the login. In a
   * store that has the same identity, what is there stays, and messages that aren't are added.
   *
   * @return how many messages are new here, and how many were here
   * @throws AccountFileException where it isn't whole, is under another passphrase, or of another
   *     account or identity
   */
  public ImportResult importAccountFile(InputStream from, char[] passphrase) {
    BrokenTextException.requireWhole(passphrase);
    ImportResult result =
        worker.call(() -> AccountFileReader.read(from, passphrase, store, surroundings.random()));
    surroundings.at(Step.BROUGHT);
    run(Engine::recover);
    return result;
  }

  private void publishKeys() {
    run(engine -> engine.ownKeys().upkeep());
  }

  /**
   * Encrypts the store under another passphrase from now on. A copy of the file from before still
   * opens with the old one.
   *
   * @throws WrongPassphraseException where the current one is another
   */
  public void changePassphrase(char[] current, char[] next) {
    store.changePassphrase(current, next, surroundings.passphraseCost());
  }

  /**
   * Chooses another password for the account: this session goes on, all others end. The store's
   * passphrase is another matter, and stays.
   *
   * @throws io.quantchat.client.model.ServerRefusalException where the current one is another
   */
  public void changePassword(char[] current, char[] next) {
    relay.account().changePassword(current, next);
  }

  /**
   * Asks for another e-mail address. Where the server sends mail, the address is the account's once
   * {@link #verifyEmail} has shown that mail to it is read.
   *
   * @return whether it is to be verified first
   */
  public boolean changeEmail(String email, char[] password) {
    return relay.account().changeEmail(email, password);
  }

  /**
   * Has the mail sent once more that verifies an address.
   *
   * @return the address that it goes to
   */
  public String sendVerification() {
    return relay.account().sendVerification();
  }

  /**
   * Verifies an address.
   *
   * @param code that of the newest mail
   * @return the account, with the address that it has now
   */
  public Account verifyEmail(String code) {
    return relay.account().verifyEmail(code);
  }

  /** Ends the session. Store and keys stay. */
  public void logout() {
    disconnect();
    relay.session().logout();
  }

  /**
   * Where the account is logged in, the session used last first; asked of the server.
   *
   * @throws LoginRequiredException where this program's own has ended
   */
  public List<LoginSession> sessions() {
    return relay.account().sessions();
  }

  /**
   * Ends one of the account's sessions: its connections close, and there a login is asked for. One
   * that has ended already is no error.
   */
  public void endSession(UUID sessionId) {
    boolean isOwn =
        relay.account().sessions().stream()
            .anyMatch(session -> session.isCurrent() && session.id().equals(sessionId));
    relay.account().endSession(sessionId);
    if (isOwn) {
      // Its access token would be taken for a while yet.
      disconnect();
      store.account().forgetTokens();
    }
  }

  /** Ends all of the account's sessions but this program's own. */
  public void endOtherSessions() {
    relay.account().endOtherSessions();
  }

  /** All that the server holds of the account, as JSON. Asks for as many pages as there are. */
  public byte[] exportAccount() {
    return relay.account().exportAccount();
  }

  /**
   * Deletes the account for good, and ends its sessions. Store and keys stay here. The same again
   * changes nothing.
   *
   * @throws ServerRefusalException where the password is wrong
   */
  public void deleteAccount(char[] password) {
    disconnect();
    relay.account().deleteAccount(password);
    store.account().forgetTokens();
  }

  /** Whose store it is. */
  public Optional<Account> account() {
    return store.account().account();
  }

  /** Opens the socket and keeps it open: what is waiting goes out, what is there comes in. */
  public void connect() {
    if (account().isEmpty()) {
      throw new LoginRequiredException();
    }
    worker.run(() -> engine().connect());
  }

  public void disconnect() {
    if (account().isPresent()) {
      run(Engine::disconnect);
    }
  }

  /**
   * Sends what is waiting and takes what is there, once, without a socket.
   *
   * @return whether nothing is left waiting
   */
  public boolean sync() {
    if (closed.get()) {
      throw new IllegalStateException("This client is closed: open it anew.");
    }
    boolean isUp = transfers.upload();
    boolean isDone = call(Engine::sync);
    return transfers.fetch() && isUp && isDone;
  }

  /** Everybody whom the account has as a contact, asked of the server and kept. */
  public List<Contact> contacts() {
    List<Contact> contacts = relay.contacts();
    store.account().keep(contacts);
    return contacts;
  }

  /** The contacts as the server last said, without asking. */
  public List<Contact> knownContacts() {
    return store.account().contacts().stream().map(RelayApi::contact).toList();
  }

  public Contact addContact(String email) {
    Contact added = relay.addContact(email);
    worker.run(() -> engine().befriended());
    return added;
  }

  public void removeContact(UUID contactId) {
    relay.removeContact(contactId);
  }

  public void block(UUID contactId) {
    relay.block(contactId, true);
  }

  public void unblock(UUID contactId) {
    relay.block(contactId, false);
  }

  /**
   * Writes to somebody. The message is stored, and goes out as soon as it can.
   *
   * @throws BrokenTextException for a text with half of a character in it
   * @throws IllegalArgumentException for a text that is empty or too long
   */
  public Message send(UUID contactId, String text) {
    return send(contactId, text, List.of());
  }

  /**
   * Writes to somebody, with files. They are encrypted and kept here before this returns, so that
   * the originals may change; the message goes out once all of them are on the server. Metadata of
   * pictures is removed (JPEG, PNG, WebP, GIF), unless it is to be kept.
   *
   * @param text may be empty where there are files
   * @param files at most {@value #MOST_FILES}
   * @throws FileException where one can't be read, or is too large
   * @throws io.quantchat.client.model.MetadataException where metadata can't be removed
   * @throws BrokenTextException for a text with half of a character in it
   * @throws IllegalArgumentException for a text that is empty or too long, or for too many files
   */
  public Message send(UUID contactId, String text, List<Attachment> files) {
    return sealed(contactId, text, files, Optional.empty());
  }

  private Message sealed(
      UUID contactId, String text, List<Attachment> files, Optional<UUID> request) {
    requireSendable(text, files);
    List<Sealed> sealed = outgoing.seal(files);
    boolean done = false;
    try {
      Message message = kept(contactId, text, sealed, request);
      done = true;
      return message;
    } finally {
      if (!done) {
        outgoing.drop(sealed);
      }
    }
  }

  private static void requireSendable(String text, List<Attachment> files) {
    int size = BrokenTextException.requireWhole(text).getBytes(StandardCharsets.UTF_8).length;
    int longest = files.isEmpty() ? LONGEST_TEXT : LONGEST_TEXT_WITH_FILES;
    if (size > longest || (size == 0 && files.isEmpty())) {
      throw new IllegalArgumentException(
          "A message has 1 to " + longest + " bytes of text: split it.");
    }
    if (files.size() > MOST_FILES) {
      throw new IllegalArgumentException("A message has at most " + MOST_FILES + " files.");
    }
  }

  /** Keeps a message to send, unless the request was done before: then that one is the answer. */
  private Message kept(UUID contactId, String text, List<Sealed> files, Optional<UUID> request) {
    UUID self = self();
    Instant now = surroundings.now();
    Optional<Instant> serverNow = serverTime.now();
    UUID id = ids.next(now, serverNow);
    Map<String, Object> details = files.isEmpty() ? Map.of() : Map.of(Message.FILES, files.size());
    var message = new Message(id, self, contactId, now, MessageState.SENDING, text, details);
    Message kept =
        store.transaction(
            () -> {
              Optional<Message> before = request.flatMap(this::done);
              if (before.isPresent()) {
                return before.get();
              }
              store.messages().add(message);
              store.files().add(self, id, contactId, files);
              store.outbox().add(id, contactId, serverNow.or(store.account()::serverTime));
              request.ifPresent(of -> store.requests().keep(of, id));
              return message;
            });
    if (!kept.id().equals(id)) {
      outgoing.drop(files);
      return kept;
    }
    outgoing.settled(files);
    surroundings.at(Step.WRITTEN);
    worker.run(() -> engine().written());
    return kept;
  }

  private Optional<Message> done(UUID request) {
    return store
        .requests()
        .message(request)
        .flatMap(messageId -> store.messages().find(self(), messageId));
  }

  /**
   * Has an own message that failed go out again, in its place of the conversation, under a new id.
   *
   * @return the message as it is now
   * @throws IllegalArgumentException where no message of that id has failed
   */
  public Message retry(UUID messageId) {
    Message again = call(engine -> engine.retry(messageId));
    worker.run(() -> engine().written());
    return again;
  }

  /**
   * Writes to somebody, like {@link #send}, but a request that was done before does nothing and has
   * the same answer: who didn't get the answer can ask again, after a crash too.
   *
   * @param request minted by the caller, one for each message
   */
  public Message sendOnce(UUID request, UUID contactId, String text) {
    return sendOnce(request, contactId, text, List.of());
  }

  /** The same with files. */
  public Message sendOnce(UUID request, UUID contactId, String text, List<Attachment> files) {
    // Where it was done, the files need not be there any more.
    return done(request).orElseGet(() -> sealed(contactId, text, files, Optional.of(request)));
  }

  /** A message's files, in their order. */
  public List<MessageFile> files(UUID senderId, UUID messageId) {
    return store.files().of(senderId, messageId).stream()
        .map(file -> MessageFiles.shown(file, folder))
        .toList();
  }

  /**
   * Saves a file of a message; fetches it first where it isn't here. It is written beside, and gets
   * its name once it is whole: nothing is replaced.
   *
   * @param number its place among the message's files, from 1 on
   * @throws FileException where it is nowhere any more, can't be written, or something of that name
   *     is there
   */
  public MessageFile save(UUID senderId, UUID messageId, int number, Path to) {
    Kept file =
        store.files().of(senderId, messageId).stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow(() -> new FileException("The message has no such file."));
    Kept here = transfers.fetched(file.id());
    new SavedFile(to).write(folder.of(here.id()), here.entry());
    return MessageFiles.shown(here, folder);
  }

  /**
   * A conversation, in the order in which its messages came in or were written here; what was
   * imported stands where its time says.
   */
  public List<Message> conversation(UUID contactId) {
    return store.messages().conversation(contactId);
  }

  /**
   * Somebody's public keys, signed by the identity that is pinned; none before first contact.
   * Without asking the server.
   */
  public List<ListedKey> publicKeys(UUID contactId) {
    return store
        .peers()
        .find(contactId)
        .map(known -> known.peer().bundle().bundle().keys().keys())
        .orElse(List.of());
  }

  /**
   * How many messages of a contact's are missing, as far as is known: they were sent, for later
   * ones have come and say so.
   */
  public long missing(UUID contactId) {
    return store.theirStreams().told(contactId);
  }

  /** Everybody with whom there are messages. */
  public List<UUID> correspondents() {
    return store.messages().correspondents();
  }

  /**
   * Marks all that a contact sent as read; the contact is told, if connected.
   *
   * @return what was not read before
   */
  public List<Message> markRead(UUID contactId) {
    return told(store.messages().read(contactId, received -> true));
  }

  /**
   * Marks those messages of a contact's as read that somebody has seen: what came in meanwhile
   * stays unread.
   *
   * @param shown their ids; one of no such message marks nothing
   * @return what was not read before
   */
  public List<Message> markRead(UUID contactId, List<UUID> shown) {
    Set<UUID> ids = Set.copyOf(shown);
    return told(store.messages().read(contactId, received -> ids.contains(received.id())));
  }

  private List<Message> told(List<Message> read) {
    if (!read.isEmpty()) {
      worker.run(() -> engine().sendReceipts());
    }
    return read;
  }

  /** Tells a contact that the user types, or has stopped; nothing where there is no socket. */
  public void typing(UUID contactId, boolean typing) {
    worker.run(() -> engine().typing(contactId, typing));
  }

  /**
   * Deletes all messages with somebody, here: also those that wait to be sent, and those of which a
   * copy was imported. What was sent stays with its recipient.
   *
   * @return how many there were
   */
  public int deleteConversation(UUID contactId) {
    int deleted = worker.call(() -> store.messages().deleteConversation(contactId));
    sweep();
    return deleted;
  }

  /** A conversation as Markdown: for people to read, and for {@link #importMarkdown}. */
  public String exportMarkdown(UUID contactId) {
    return archive().exported(contactId);
  }

  /**
   * The same with the files of its messages, as far as they are here: they are written into a
   * folder, which is made where there are any.
   *
   * @throws FileException where they can't be written
   */
  public String exportMarkdown(UUID contactId, Path folderForFiles) {
    return archive().exported(contactId, folderForFiles);
  }

  /**
   * Adds messages of an export with their files, out of the folder beside it: those that have the
   * hashes that the text says.
   *
   * @throws ImportException where there are no messages in it
   */
  public ImportResult importMarkdown(byte[] file, Path folderOfFiles) {
    return archive().add(FileText.of(file), folderOfFiles);
  }

  /**
   * Adds messages of an export, exactly as they were or not at all; those that are here stay as
   * they are. What is new is {@link Message#isImported imported} for ever: until the real message
   * of that id comes in, and takes its place.
   *
   * @param file UTF-8, or whatever an editor has made of it
   * @throws ImportException where there are no messages in it
   */
  public ImportResult importMarkdown(byte[] file) {
    return archive().add(FileText.of(file));
  }

  /** The same with text that was read already. */
  public ImportResult importMarkdown(String markdown) {
    return archive().add(FileText.of(markdown));
  }

  private Archive archive() {
    return new Archive(self(), store, folder, surroundings.random());
  }

  /** Messages that were refused and are kept for a look, oldest first. */
  public List<Quarantined> quarantine() {
    return store.refusals().kept();
  }

  /**
   * Does away with a refused message: it is gone here, and won't be tried again. The relay is told
   * so, if not now then when it next hands it over.
   */
  public void discard(Quarantined refused) {
    discard(List.of(refused));
  }

  /**
   * Does away with all refused messages, in the same way.
   *
   * @return how many there were
   */
  public int discardRefused() {
    List<Quarantined> refused = quarantine();
    discard(refused);
    return refused.size();
  }

  /** Does away with these, in the same way; what was refused meanwhile stays. */
  public void discard(List<Quarantined> refused) {
    store.transaction(
        () ->
            refused.forEach(
                each -> store.refusals().discard(Refusals.Seen.of(each.message()).name())));
    List<UUID> ids =
        refused.stream()
            .flatMap(each -> Refusals.Seen.of(each.message()).messageId().stream())
            .toList();
    try {
      for (int from = 0; from < ids.size(); from += MOST_ACKNOWLEDGED) {
        relay.acknowledge(ids.subList(from, Math.min(from + MOST_ACKNOWLEDGED, ids.size())));
      }
    } catch (ServerUnreachableException | LoginRequiredException later) {
      // It is told when it hands them over again.
    }
  }

  /**
   * The number that both compare, in person or over a telephone, to know that nobody stands between
   * them.
   */
  public SafetyNumber safetyNumber(UUID contactId) {
    return call(engine -> engine.identities().safetyNumber(contactId));
  }

  /**
   * Asks the key directory who a contact is by now.
   *
   * @return whether they have another identity than the pinned one, which waits to be accepted
   */
  public boolean checkIdentity(UUID contactId) {
    return call(engine -> engine.identities().hasChangedByNow(contactId));
  }

  /** Whether another identity of a contact's waits to be accepted, as far as is known here. */
  public boolean hasChangedIdentity(UUID contactId) {
    return call(engine -> engine.identities().hasChanged(contactId));
  }

  /**
   * Trusts a contact's changed identity from now on, if it is still the one whose number was
   * compared, and sends what waited for that.
   *
   * @throws IllegalStateException where none has changed
   * @throws RefusedException IDENTITY_CHANGED where it is another by now
   */
  public void acceptIdentity(UUID contactId, SafetyNumber compared) {
    run(engine -> engine.identities().accept(contactId, compared));
    worker.run(() -> engine().unblocked());
  }

  /**
   * Agrees to weaker messages with a contact whose program can do no better any more.
   *
   * @throws RefusedException where the contact has signed no such thing
   */
  public void consentToDowngrade(UUID contactId) {
    run(engine -> engine.identities().consentToDowngrade(contactId));
    worker.run(() -> engine().unblocked());
  }

  /** The account's own keys as it last signed them; nothing before they were first made. */
  public Optional<SignedBundle> ownBundle() {
    return store.ownBundles().latest();
  }

  /** One-time prekeys of the account that the key directory can still hand out. */
  public long prekeysLeft() {
    return relay.keys().stock().left();
  }

  /** Replaces the prekeys ahead of time, and publishes what others are to use from now on. */
  public void rotateKeys() {
    run(engine -> engine.ownKeys().rotate());
  }

  /**
   * Takes back all prekeys, as after a theft: what is waiting for them is fetched, if the relay can
   * be reached, their private parts are deleted, others are made, the key directory withdraws what
   * it had, and contacts see the old ones as revoked. The identity stays, and with it safety
   * numbers. Messages on their way to the old keys are refused, with UNKNOWN_PREKEY or REVOKED_KEY.
   *
   * @return whether the directory has withdrawn the old one-time prekeys; false where the server
   *     knows no such thing
   * @throws ServerUnreachableException where the directory can't be told now: all else is done, and
   *     that follows by itself
   */
  public boolean resetKeys() {
    return call(Engine::resetKeys);
  }

  private UUID self() {
    return account().orElseThrow(LoginRequiredException::new).userId();
  }

  private <T> T call(Function<Engine, T> work) {
    return worker.call(() -> work.apply(engine()));
  }

  private void run(Consumer<Engine> work) {
    worker.call(
        () -> {
          work.accept(engine());
          return null;
        });
  }

  /** On the worker only. */
  private Engine engine() {
    if (engine == null) {
      engine =
          new Engine(
              self(),
              store,
              relay,
              http,
              servers.socket(),
              worker,
              ids,
              serverTime,
              keyTime,
              transfers,
              surroundings,
              listener);
    }
    return engine;
  }

  /** Closes socket and store. What is waiting goes out the next time. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (engineThere()) {
      disconnect();
    }
    transfers.close();
    worker.close();
    http.close();
    lookAtTime();
    store.close();
  }

  /** What has passed while this program ran is written down. */
  private void lookAtTime() {
    try {
      Instant unused = keyTime.now();
    } catch (StoreException e) {
      listener.failed(e);
    }
  }

  /** What becomes of messages whose files go up; on any thread but the worker. */
  private final class OfMessages implements Transfers.Outgoing {

    @Override
    public boolean takesFiles(UUID contactId) {
      return call(engine -> engine.takesFiles(contactId));
    }

    @Override
    public void ready() {
      worker.run(() -> engine().filesReady());
    }

    @Override
    public void refused(UUID messageId, String reason) {
      run(engine -> engine.filesRefused(messageId, reason));
    }
  }

  private boolean engineThere() {
    return worker.call(() -> engine != null);
  }
}
