package io.quantchat.cli;

import io.quantchat.cli.agent.AgentLostException;
import io.quantchat.cli.agent.Chat;
import io.quantchat.client.QuantChat;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = {
      "Write to somebody, and wait until the relay has it.",
      "Where that can't be now, the message is kept and goes out with the next send, inbox or chat."
    })
final class SendCommand implements Callable<Integer> {

  private static final String FROM_INPUT = "-";

  /** The mark that stands in a text where the locale has no such character. */
  private static final String UNREADABLE = "\uFFFD";

  /** Of whatever system the text is from. */
  private static final Pattern LAST_LINE_END = Pattern.compile("(\r\n|\n|\r)\\z");

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(index = "0", paramLabel = "WHO", description = "e-mail, username, name or id")
  String who;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "what to say, or - to read it from standard input")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "F",
      description = {
        "send a file, with or without a text; several with several --file",
        "metadata of pictures (place, time, camera) is removed: JPEG, PNG, WebP, GIF; videos and"
            + " all else go as they are"
      })
  List<Path> files = new ArrayList<>();

  @Option(names = "--keep-metadata", description = "send pictures with their metadata")
  boolean keepMetadata;

  @Option(names = "--again", description = "instead of a text: what failed to be sent, once more")
  boolean again;

  private final Shell shell;

  SendCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    boolean hasMore = !words.isEmpty() || !files.isEmpty();
    if (again == hasMore) {
      throw new CommandException(Exit.USAGE, "Give either a text or files, or --again.");
    }
    var bar = new TransferBar(shell);
    var fate = new Fate(shell, bar);
    try (OpenAccount account = OpenAccount.open(shell, options, fate)) {
      Optional<String> text = again ? Optional.empty() : Optional.of(text());
      UUID contactId = account.look(chat -> new People(chat).find(who));
      String name = account.look(chat -> new People(chat).name(contactId));
      List<Message> messages =
          text.map(said -> List.of(account.send(contactId, said, attachments())))
              .orElseGet(() -> retried(account.chat(), contactId));
      Optional<RuntimeException> failure = exchange(account.chat());
      bar.end();
      int worst = Exit.DONE.code();
      for (Message message : messages) {
        Message now = fate.of(message);
        if (options.json) {
          shell.say(JsonOutput.of(JsonOutput.message(now, Attached.in(account.chat()))));
        }
        int code = told(now, name, fate.held(message).or(() -> failure));
        worst = worst == Exit.DONE.code() ? code : worst;
      }
      return worst;
    }
  }

  private List<Message> retried(Chat chat, UUID contactId) {
    List<Message> failed =
        chat.conversation(contactId).stream()
            .filter(message -> message.state() == MessageState.FAILED)
            .toList();
    if (failed.isEmpty() && !options.json) {
      shell.say("Nothing has failed.");
    }
    return failed.stream().map(message -> chat.retry(message.id())).toList();
  }

  private String text() {
    if (words.equals(List.of(FROM_INPUT))) {
      shell.tty().showTyping();
    }
    String text =
        words.equals(List.of(FROM_INPUT))
            ? withoutEnd(StandardInput.all(shell.in(), QuantChat.LONGEST_TEXT + 2))
            : String.join(" ", words);
    if (text.contains(UNREADABLE) && !words.equals(List.of(FROM_INPUT))) {
      throw new CommandException(
          Exit.USAGE, "This locale can't hold the text: give it on standard input, with -.");
    }
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    int longest = files.isEmpty() ? QuantChat.LONGEST_TEXT : QuantChat.LONGEST_TEXT_WITH_FILES;
    if ((size == 0 && files.isEmpty()) || size > longest) {
      throw new CommandException(Exit.USAGE, "A message has 1 to " + longest + " bytes.");
    }
    if (files.size() > QuantChat.MOST_FILES) {
      throw new CommandException(
          Exit.USAGE, "A message has at most " + QuantChat.MOST_FILES + " files.");
    }
    return text;
  }

  /** The program that holds the account may be in another folder. */
  private List<Attachment> attachments() {
    return files.stream().map(file -> new Attachment(file.toAbsolutePath(), keepMetadata)).toList();
  }

  private static String withoutEnd(String text) {
    return LAST_LINE_END.matcher(text).replaceFirst("");
  }

  /** The message stays in the outbox whatever this throws. */
  private static Optional<RuntimeException> exchange(Chat chat) {
    try {
      chat.sync();
      return Optional.empty();
    } catch (ServerUnreachableException
        | ServerRefusalException
        | LoginRequiredException
        | AgentLostException
        | RefusedException e) {
      return Optional.of(e);
    }
  }

  private int told(Message message, String name, Optional<RuntimeException> reason) {
    if (message.state() == MessageState.FAILED) {
      shell.note("Not sent: " + failure(message));
      return Exit.REFUSED.code();
    }
    if (message.state() != MessageState.SENDING) {
      if (!options.json) {
        shell.say("✓ sent to " + name);
      }
      return Exit.DONE.code();
    }
    shell.note(
        "Not sent yet, but kept: it goes out with the next send, inbox or chat. "
            + reason.map(this::words).orElse("The server can't be reached now."));
    return reason
        .filter(failure -> !(failure instanceof AgentLostException))
        .map(Failures::exit)
        .filter(exit -> exit != Exit.UNREACHABLE && exit != Exit.REFUSED)
        .orElse(Exit.KEPT)
        .code();
  }

  /** What is kept isn't to be done again. */
  private String words(RuntimeException failure) {
    return failure instanceof AgentLostException
        ? "The program that held the account open has ended meanwhile."
        : Failures.words(failure, shell, options);
  }

  private static String failure(Message message) {
    return ChatLines.failure(message);
  }

  /** Knows what became of messages. */
  private static final class Fate extends Moving {

    private final Map<UUID, Message> moved = new ConcurrentHashMap<>();
    private final Map<UUID, Message> reissued = new ConcurrentHashMap<>();
    private final Map<UUID, RefusedException> held = new ConcurrentHashMap<>();

    Fate(Shell shell, TransferBar bar) {
      super(shell, bar);
    }

    @Override
    public void moved(Message message) {
      moved.put(message.id(), message);
    }

    @Override
    public void reissued(UUID oldId, Message message) {
      reissued.put(oldId, message);
    }

    /** With a message wait all later ones to the same contact. */
    @Override
    public void held(Message message, RefusedException reason) {
      held.put(message.contactId(), reason);
    }

    Message of(Message sent) {
      Message now = sent;
      while (reissued.containsKey(now.id())) {
        now = reissued.get(now.id());
      }
      return moved.getOrDefault(now.id(), now);
    }

    Optional<RuntimeException> held(Message message) {
      return Optional.ofNullable(held.get(message.contactId()));
    }
  }
}
