package io.quantchat.client;

import io.quantchat.client.files.ArchivedFiles;
import io.quantchat.client.files.FileFolder;
import io.quantchat.client.markdown.FileText;
import io.quantchat.client.markdown.MarkdownExport;
import io.quantchat.client.markdown.MarkdownImport;
import io.quantchat.client.markdown.Reading;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.ImportResult.Refused;
import io.quantchat.client.model.Message;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.FileStore.Sealed;
import io.quantchat.client.store.LocalStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Brings conversations out of the store, and back, as Markdown. */
final class Archive {

  private final UUID userId;
  private final LocalStore store;
  private final SecureRandom random;
  private final ArchivedFiles files;

  Archive(UUID userId, LocalStore store, FileFolder folder, SecureRandom random) {
    this.userId = userId;
    this.store = store;
    this.random = random;
    this.files = new ArchivedFiles(folder, random);
  }

  String exported(UUID contactId) {
    List<Message> said =
        store.messages().conversation(contactId).stream().map(this::withFiles).toList();
    return MarkdownExport.write(said, userId, random);
  }

  /** What is said of its files stands in the text, with their hashes. */
  private Message withFiles(Message message) {
    List<Kept> of = store.files().of(message.senderId(), message.id());
    return of.isEmpty() || message.isImported()
        ? message
        : message.with(Message.FILES, ArchivedFiles.said(of));
  }

  /** The same, and its files into a folder. */
  String exported(UUID contactId, Path to) {
    for (Message message : store.messages().conversation(contactId)) {
      files.write(store.files().of(message.senderId(), message.id()), to);
    }
    return exported(contactId);
  }

  /** Adds messages of an export, with their files from the folder beside it. */
  ImportResult add(FileText file, Path from) {
    Reading reading = MarkdownImport.read(file, userId);
    ImportResult result = store.transaction(() -> add(reading));
    for (Reading.Read each : reading.read()) {
      store
          .messages()
          .find(each.message().senderId(), each.message().id())
          .filter(Message::isImported)
          .ifPresent(imported -> addFiles(imported, from));
    }
    return result;
  }

  /** Those that are here stay as they are. */
  private void addFiles(Message imported, Path from) {
    boolean hasNone = store.files().of(imported.senderId(), imported.id()).isEmpty();
    if (hasNone && imported.details().get(Message.CLAIMED) instanceof Map<?, ?> claimed) {
      List<Sealed> sealed = files.read(claimed.get(Message.FILES), from);
      store.files().add(imported.senderId(), imported.id(), imported.contactId(), sealed);
      files.settled(sealed);
    }
  }

  /** Adds messages of an export; those that are here stay as they are. */
  ImportResult add(FileText file) {
    Reading reading = MarkdownImport.read(file, userId);
    return store.transaction(() -> add(reading));
  }

  private ImportResult add(Reading reading) {
    int added = 0;
    int here = 0;
    int unverified = 0;
    var refused = new ArrayList<Refused>(reading.refused());
    for (Reading.Read each : reading.read()) {
      Optional<String> hindrance = hindrance(each.message());
      if (hindrance.isPresent()) {
        refused.add(each.refused(hindrance.get()));
      } else if (store.messages().addImported(each.message())) {
        added++;
        unverified += each.verified() ? 0 : 1;
      } else {
        here++;
      }
    }
    return new ImportResult(added, here, unverified, refused);
  }

  /** Why a message can't come in; nothing where it can, or is here. */
  private Optional<String> hindrance(Message claimed) {
    Optional<Message> there;
    try {
      there = store.messages().find(claimed.senderId(), claimed.id());
    } catch (DamagedException e) {
      return Optional.empty();
    }
    if (there.isEmpty()) {
      return claimed.text().isEmpty() && claimed.details().containsKey(Message.DAMAGED)
          ? Optional.of("it couldn't be read any more when it was exported")
          : Optional.empty();
    }
    return there
        .filter(message -> !isSame(message, claimed))
        .map(other -> "another message of its id is here, and stays as it is");
  }

  private static boolean isSame(Message one, Message other) {
    return one.contactId().equals(other.contactId())
        && one.created().equals(other.created())
        && one.text().equals(other.text());
  }
}
