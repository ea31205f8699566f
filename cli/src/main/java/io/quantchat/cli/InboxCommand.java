package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "inbox",
    description = {
      "Fetch messages, show those that are new, and mark them as read.",
      "What was refused is shown with the reason. What was waiting to be sent goes out."
    })
final class InboxCommand implements Callable<Integer> {

  /** Receipts are a courtesy: where they can't go out soon, they go out another time. */
  private static final Duration LONGEST_RECEIPTS = Duration.ofSeconds(5);

  @Mixin final AccountOptions options = new AccountOptions();

  @Option(names = "--peek", description = "leave them unread; nobody is told")
  boolean peek;

  @Option(
      names = "--discard-refused",
      description = "do away with what was refused, once it was shown")
  boolean discardRefused;

  private final Shell shell;

  InboxCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var bar = new TransferBar(shell);
    var line = new Line(shell, bar);
    try (OpenAccount account = OpenAccount.open(shell, options, line)) {
      Optional<RuntimeException> failure = exchange(account.chat());
      bar.end();
      Attached attached = Attached.in(account.chat());
      List<Message> unread = unread(account.chat());
      List<Quarantined> refused = account.chat().quarantine();
      if (options.json) {
        printJson(unread, attached, refused, missing(account.chat()), failure.isEmpty());
      } else {
        print(unread, attached, refused, account.people());
        missing(account.chat())
            .forEach(
                (contactId, count) ->
                    shell.say(
                        "Missing: "
                            + ChatLines.missing(account.people().name(contactId), count)
                            + "."));
      }
      shell.requireSaid("Nothing is marked as read or done away with.");
      if (discardRefused) {
        account.chat().discard(refused);
        shell.note("Messages done away with: " + refused.size());
      }
      line.restored()
          .ifPresent(
              told ->
                  shell.note(
                      ChatLines.restored(
                          told.asked().stream().map(account.people()::name).toList(),
                          told.notAsked().stream().map(account.people()::name).toList())));
      if (!peek && !unread.isEmpty()) {
        unread.stream()
            .collect(
                Collectors.groupingBy(
                    Message::contactId, Collectors.mapping(Message::id, Collectors.toList())))
            .forEach(account.chat()::markRead);
        if (failure.isEmpty()) {
          line.sendReceipts(account.chat());
        }
      }
      failure.ifPresent(reason -> shell.note(Failures.words(reason, shell, options)));
      return failure.map(Failures::exit).orElse(Exit.DONE).code();
    }
  }

  /** Messages that came in before a failure are shown all the same. */
  private static Optional<RuntimeException> exchange(Chat chat) {
    try {
      chat.sync();
      return Optional.empty();
    } catch (ServerUnreachableException | ServerRefusalException | LoginRequiredException e) {
      return Optional.of(e);
    }
  }

  private static List<Message> unread(Chat chat) {
    return chat.correspondents().stream()
        .flatMap(contactId -> placed(chat.conversation(contactId)).stream())
        .filter(placed -> placed.message().isIncoming())
        .filter(placed -> placed.message().state() == MessageState.DELIVERED)
        .sorted(Comparator.comparing(Placed::when))
        .map(Placed::message)
        .toList();
  }

  /** The order of a conversation stays, also where the clock went back meanwhile. */
  private static List<Placed> placed(List<Message> conversation) {
    var placed = new ArrayList<Placed>();
    Instant last = Instant.MIN;
    for (Message message : conversation) {
      last = message.arrived().isAfter(last) ? message.arrived() : last;
      placed.add(new Placed(message, last));
    }
    return placed;
  }

  /** A message, and the latest time at which it or one before it arrived. */
  private record Placed(Message message, Instant when) {}

  /** How many messages of whom haven't come. */
  private static Map<UUID, Long> missing(Chat chat) {
    var missing = new LinkedHashMap<UUID, Long>();
    for (UUID contactId : chat.correspondents()) {
      long count = chat.missing(contactId);
      if (count > 0) {
        missing.put(contactId, count);
      }
    }
    return missing;
  }

  private void print(
      List<Message> unread, Attached attached, List<Quarantined> refused, People people) {
    var times = new Times(shell.clock());
    Rows rows = Rows.of(shell);
    if (unread.isEmpty()) {
      shell.say("Nothing new.");
    }
    for (Message message : unread) {
      String mark = Mark.of(message);
      shell.say(
          rows.block(
              Rows.THEIRS
                  + times.of(message)
                  + (mark.isEmpty() ? " " : " " + mark + " ")
                  + people.name(message.contactId())
                  + ": ",
              new ChatLines(shell.clock(), "", attached).text(message)));
      if (message.details().get(Message.ON_OFFER) instanceof Number onOffer) {
        shell.say("  (" + Withheld.words(onOffer.longValue()) + ")");
      }
    }
    if (!refused.isEmpty()) {
      shell.say("Refused, and kept for a look:");
    }
    for (Quarantined message : refused) {
      shell.say(
          rows.block(
              Rows.NOTE,
              "%s from %s: %s (%s)"
                  .formatted(
                      times.dateAndMinute(message.firstSeen()),
                      Printable.line(message.senderId()),
                      Printable.line(message.detail()),
                      message.reason().toLowerCase(Locale.ROOT))));
    }
  }

  private void printJson(
      List<Message> unread,
      Attached attached,
      List<Quarantined> refused,
      Map<UUID, Long> missing,
      boolean complete) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put(
        "messages", unread.stream().map(message -> JsonOutput.message(message, attached)).toList());
    shown.put("refused", refused.stream().map(JsonOutput::quarantined).toList());
    shown.put(
        "missing",
        missing.entrySet().stream()
            .map(
                entry -> Map.of("contact_id", entry.getKey().toString(), "count", entry.getValue()))
            .toList());
    shown.put("complete", complete);
    shell.say(JsonOutput.of(shown));
  }

  /** The store was found to have come back from a copy. */
  private record Restored(List<UUID> asked, List<UUID> notAsked) {}

  /** Receipts go over a socket: they are out once it was opened. */
  private static final class Line implements QuantChatListener {

    private final Shell shell;
    private final TransferBar bar;
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile Restored restored;

    Line(Shell shell, TransferBar bar) {
      this.shell = shell;
      this.bar = bar;
    }

    @Override
    public void fileMoved(UUID contactId, UUID messageId, MessageFile file) {
      bar.moved(file);
    }

    void sendReceipts(Chat chat) {
      chat.connect();
      try {
        boolean unused = open.await(LONGEST_RECEIPTS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    Optional<Restored> restored() {
      return Optional.ofNullable(restored);
    }

    @Override
    public void restored(List<UUID> asked, List<UUID> notAsked) {
      restored = new Restored(asked, notAsked);
    }

    @Override
    public void connection(boolean isOpen) {
      open.countDown();
    }

    @Override
    public void loginRequired() {
      open.countDown();
    }

    @Override
    public void failed(Throwable failure) {
      shell.note(Failures.words(failure));
    }

    @Override
    public void clockOff(Duration ahead) {
      shell.note(Failures.clock(ahead));
    }
  }
}
