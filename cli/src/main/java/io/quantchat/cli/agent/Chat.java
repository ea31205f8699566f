package io.quantchat.cli.agent;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.LoginSession;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.SafetyNumber;
import io.quantchat.crypto.SignedBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What commands do with an account, whichever program holds it. Each method is the one of {@link
 * io.quantchat.client.QuantChat} that has its name and parameters, and throws what that throws; and
 * {@link AgentLostException} where another program holds the account and ends meanwhile.
 */
public interface Chat extends AutoCloseable {

  Optional<Account> account();

  void connect();

  @AfterEvents
  boolean sync();

  void logout();

  List<LoginSession> sessions();

  void endSession(UUID sessionId);

  void endOtherSessions();

  String sendVerification();

  Account verifyEmail(String code);

  byte[] exportAccount();

  List<Contact> contacts();

  List<Contact> knownContacts();

  Contact addContact(String email);

  void removeContact(UUID contactId);

  void block(UUID contactId);

  void unblock(UUID contactId);

  Message send(UUID contactId, String text);

  Message sendOnce(UUID request, UUID contactId, String text);

  Message send(UUID contactId, String text, List<Attachment> files);

  Message sendOnce(UUID request, UUID contactId, String text, List<Attachment> files);

  List<MessageFile> files(UUID senderId, UUID messageId);

  MessageFile save(UUID senderId, UUID messageId, int number, Path to);

  Message retry(UUID messageId);

  List<Message> conversation(UUID contactId);

  int deleteConversation(UUID contactId);

  List<UUID> correspondents();

  List<Message> markRead(UUID contactId);

  List<Message> markRead(UUID contactId, List<UUID> shown);

  void typing(UUID contactId, boolean typing);

  String exportMarkdown(UUID contactId);

  String exportMarkdown(UUID contactId, Path folderForFiles);

  ImportResult importMarkdown(byte[] file, Path folderOfFiles);

  ImportResult importMarkdown(byte[] file);

  ImportResult importMarkdown(String markdown);

  long missing(UUID contactId);

  List<Quarantined> quarantine();

  void discard(Quarantined refused);

  void discard(List<Quarantined> refused);

  int discardRefused();

  SafetyNumber safetyNumber(UUID contactId);

  boolean checkIdentity(UUID contactId);

  boolean hasChangedIdentity(UUID contactId);

  void acceptIdentity(UUID contactId, SafetyNumber compared);

  void consentToDowngrade(UUID contactId);

  Optional<SignedBundle> ownBundle();

  long prekeysLeft();

  void rotateKeys();

  boolean resetKeys();

  /** Lets go of it; where another program holds the account, that goes on. */
  @Override
  void close();
}
