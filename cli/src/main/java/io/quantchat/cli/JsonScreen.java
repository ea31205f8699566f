package io.quantchat.cli;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A conversation for programs: a line in is a message, a line out is a JSON object. */
final class JsonScreen implements ChatScreen {

  private final Shell shell;
  private final PipedLines input;
  private final Attached attached;

  JsonScreen(Shell shell, Attached attached) {
    this.shell = shell;
    this.attached = attached;
    this.input = new PipedLines(shell.in());
  }

  @Override
  public Optional<String> readLine() {
    return input.next(this::isShown);
  }

  @Override
  public void message(Message message) {
    print("message", JsonOutput.message(message, attached));
  }

  @Override
  public void state(Message message) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("message_id", message.id().toString());
    shown.put("state", message.state().wireName());
    if (message.details().get(Message.FAILURE) instanceof String why) {
      shown.put("detail", why);
    }
    if (message.details().containsKey(Message.UNPROVEN)) {
      shown.put("unproven", true);
    }
    print("state", shown);
  }

  @Override
  public void reissued(UUID oldId, Message message) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("message_id", message.id().toString());
    shown.put("replaces", oldId.toString());
    print("reissued", shown);
  }

  @Override
  public void file(UUID messageId, MessageFile file) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("message_id", messageId.toString());
    shown.putAll(JsonOutput.file(file));
    print("file", shown);
  }

  @Override
  public void typing(boolean typing) {
    print("typing", Map.of("typing", typing));
  }

  @Override
  public void presence(boolean online) {
    print("presence", Map.of("online", online));
  }

  @Override
  public void connection(boolean open) {
    print("connection", Map.of("open", open));
  }

  @Override
  public void note(String event, String text) {
    print(event, Map.of("detail", text));
  }

  private void print(String event, Map<String, Object> values) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("event", event);
    shown.putAll(values);
    shell.say(JsonOutput.of(shown));
  }

  @Override
  public boolean isShown() {
    return shell.isSaid();
  }

  @Override
  public void close() {
    shell.out().flush();
  }
}
