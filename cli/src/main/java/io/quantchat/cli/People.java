package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerUnreachableException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is meant by what somebody typed, and how somebody is called. */
final class People {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Chat chat;
  private List<Contact> contacts;

  People(Chat chat) {
    this.chat = chat;
    this.contacts = chat.knownContacts();
  }

  /**
   * A contact by e-mail, id, username or name, whole: a message to somebody else than was meant
   * can't be taken back. An e-mail is one person's, whatever others call themselves.
   *
   * @throws CommandException USAGE where there is none, or more than one
   */
  UUID find(String who) {
    String typed = who.strip();
    if (ID.matcher(typed).matches()) {
      return UUID.fromString(typed);
    }
    return known(typed)
        .or(
            () -> {
              contacts = asked();
              return known(typed);
            })
        .orElseThrow(
            () ->
                new CommandException(
                    Exit.USAGE,
                    "There is no contact "
                        + Printable.line(typed)
                        + ": add them with 'quantchat contacts add EMAIL'."));
  }

  /** The server may know of contacts that were added elsewhere; without it, those known count. */
  private List<Contact> asked() {
    try {
      return chat.contacts();
    } catch (ServerUnreachableException | LoginRequiredException e) {
      return contacts;
    }
  }

  private Optional<UUID> known(String typed) {
    List<Contact> byEmail = like(typed, contact -> Stream.of(contact.email()));
    List<Contact> found =
        byEmail.isEmpty()
            ? like(typed, contact -> Stream.of(contact.username(), contact.fullName()))
            : byEmail;
    if (found.size() > 1) {
      throw new CommandException(
          Exit.USAGE,
          found.stream()
              .map(People::otherName)
              .collect(
                  Collectors.joining(
                      ", ",
                      "Several contacts are called " + Printable.line(typed) + ": say which of ",
                      ".")));
    }
    return found.stream().map(Contact::id).findFirst();
  }

  private List<Contact> like(String typed, Function<Contact, Stream<String>> names) {
    return contacts.stream()
        .filter(contact -> names.apply(contact).anyMatch(typed::equalsIgnoreCase))
        .toList();
  }

  Optional<Contact> contact(UUID id) {
    return contacts.stream().filter(contact -> contact.id().equals(id)).findFirst();
  }

  /** The same in few letters, where it is clear who is meant. */
  String briefName(UUID id) {
    return contact(id).isPresent() ? name(id) : id.toString().substring(0, 8);
  }

  /**
   * How somebody is called, printable: by the username, or the e-mail where two share that, or it
   * would pass for more than a name.
   */
  String name(UUID id) {
    return contact(id).map(this::name).orElseGet(() -> id + " (no contact)");
  }

  private String name(Contact contact) {
    String username = contact.username();
    return Names.isPlain(username) && like(username, each -> Stream.of(each.username())).size() == 1
        ? Printable.line(username)
        : otherName(contact);
  }

  /** Who was added by id, as by another program, has no e-mail here. */
  private static String otherName(Contact contact) {
    return contact.email().isEmpty() ? contact.id().toString() : Names.ofEmail(contact.email());
  }
}
