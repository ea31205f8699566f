package io.quantchat.cli;

import io.quantchat.client.QuantChatListener;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Listens to what goes wrong aside, and says that in a line. */
class FailureNotes implements QuantChatListener {

  private final Shell shell;

  FailureNotes(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void failed(Throwable failure) {
    shell.note(Failures.words(failure));
  }

  @Override
  public void clockOff(Duration ahead) {
    shell.note(Failures.clock(ahead));
  }

  @Override
  public void restored(List<UUID> asked, List<UUID> notAsked) {
    shell.note(
        ChatLines.restored(
            asked.stream().map(UUID::toString).toList(),
            notAsked.stream().map(UUID::toString).toList()));
  }
}
