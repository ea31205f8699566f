package io.quantchat.cli;

import io.quantchat.client.QuantChatListener;
import java.time.Duration;

/** Listens to nothing but what goes wrong aside, and says that in a line. */
record FailureNotes(Shell shell) implements QuantChatListener {

  @Override
  public void failed(Throwable failure) {
    shell.note(Failures.words(failure));
  }

  @Override
  public void clockOff(Duration ahead) {
    shell.note(Failures.clock(ahead));
  }
}
