package io.quantchat.client;

import io.quantchat.client.markdown.MarkdownExport;
import io.quantchat.client.markdown.MarkdownImport;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.LocalStore;
import java.util.List;
import java.util.UUID;

/** Brings conversations out of the store, and back, as Markdown. */
final class Archive {

  private final UUID userId;
  private final LocalStore store;

  Archive(UUID userId, LocalStore store) {
    this.userId = userId;
    this.store = store;
  }

  String exported(UUID contactId) {
    return MarkdownExport.write(store.messages().conversation(contactId), userId);
  }

  /**
   * Adds messages of an export; those that are here stay as they are.
   *
   * @return how many are new
   */
  int add(String markdown) {
    List<Message> messages = MarkdownImport.read(markdown, userId);
    return store.transaction(
        () ->
            Math.toIntExact(
                messages.stream()
                    .map(Archive::withoutHope)
                    .filter(store.messages()::addImported)
                    .count()));
  }

  /** A message on its way out of another store goes out of that one, or never. */
  private static Message withoutHope(Message imported) {
    return imported.state() == MessageState.SENDING
        ? imported
            .in(MessageState.FAILED)
            .with(Message.FAILURE, "It was exported before it was sent.")
        : imported;
  }
}
