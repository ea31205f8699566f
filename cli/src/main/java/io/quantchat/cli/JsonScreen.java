package io.quantchat.cli;

import io.quantchat.client.model.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A conversation for programs: a line in is a message, a line out is a JSON object. */
final class JsonScreen implements ChatScreen {

  private final Shell shell;

  JsonScreen(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Optional<String> readLine() {
    try {
      return StandardInput.line(shell.in());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void message(Message message) {
    print("message", JsonOutput.message(message));
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
  public void close() {
    shell.out().flush();
  }
}
