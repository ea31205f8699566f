package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.Contact;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "contacts", description = "List, add, remove, block or unblock contacts.")
final class ContactsCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  private final Shell shell;

  ContactsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return list(options);
  }

  @Command(name = "list", description = "List them, and who is online.")
  int list(@Mixin AccountOptions options) {
    return with(
        options,
        account -> {
          List<Contact> contacts =
              account.chat().contacts().stream()
                  .sorted(Comparator.comparing(Contact::email))
                  .toList();
          if (options.json) {
            shell.say(
                JsonOutput.of(
                    Map.of("contacts", contacts.stream().map(JsonOutput::contact).toList())));
          } else if (contacts.isEmpty()) {
            shell.say("No contacts yet: 'quantchat contacts add EMAIL' adds one.");
          } else {
            Rows rows = Rows.of(shell);
            contacts.forEach(contact -> shell.say(rows.block("", line(contact))));
          }
          return Exit.DONE.code();
        });
  }

  private static String line(Contact contact) {
    String name =
        contact.fullName().equals(contact.username())
            ? contact.username()
            : contact.username() + " (" + contact.fullName() + ")";
    return "%s %-32s %s%s"
        .formatted(
            contact.online() ? "●" : "○",
            Printable.line(contact.email()),
            Printable.line(name),
            contact.blocked() ? "  blocked" : "");
  }

  @Command(name = "add", description = "Add somebody.")
  int add(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "EMAIL", description = "their e-mail") String email) {
    return with(
        options,
        account -> {
          Contact added = account.chat().addContact(email);
          account.chat().contacts();
          shell.say(
              options.json
                  ? JsonOutput.of(JsonOutput.contact(added))
                  : "Added %s (%s)."
                      .formatted(Printable.line(added.username()), Printable.line(added.email())));
          return Exit.DONE.code();
        });
  }

  @Command(name = "remove", description = "Remove a contact. Messages stay.")
  int remove(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "WHO", description = "e-mail, username, name or id") String who) {
    return change(options, who, "removed", Chat::removeContact);
  }

  @Command(name = "block", description = "Block a contact: their messages vanish, unnoticed.")
  int block(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "WHO", description = "e-mail, username, name or id") String who) {
    return change(options, who, "blocked", Chat::block);
  }

  @Command(name = "unblock", description = "Hear of a contact again.")
  int unblock(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "WHO", description = "e-mail, username, name or id") String who) {
    return change(options, who, "unblocked", Chat::unblock);
  }

  private int change(AccountOptions options, String who, String status, Change change) {
    return with(
        options,
        account -> {
          People people = account.people();
          UUID contactId = people.find(who);
          change.apply(account.chat(), contactId);
          account.chat().contacts();
          if (options.json) {
            var shown = new LinkedHashMap<String, Object>();
            shown.put("contact_id", contactId.toString());
            shown.put("status", status);
            shell.say(JsonOutput.of(shown));
          } else {
            shell.say(people.name(contactId) + " is " + status + ".");
          }
          return Exit.DONE.code();
        });
  }

  private int with(AccountOptions options, ToIntFunction<OpenAccount> work) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      return work.applyAsInt(account);
    }
  }

  /** Changes what a contact is. */
  private interface Change {
    void apply(Chat chat, UUID contactId);
  }
}
