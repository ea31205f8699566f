package io.quantchat.cli;

import io.quantchat.client.model.MessageFile;
import java.util.UUID;

/** Shows how far files are, and says what goes wrong aside. */
class Moving extends FailureNotes {

  private final TransferBar bar;

  Moving(Shell shell, TransferBar bar) {
    super(shell);
    this.bar = bar;
  }

  @Override
  public void fileMoved(UUID contactId, UUID messageId, MessageFile file) {
    bar.moved(file);
  }

  @Override
  public void failed(Throwable failure) {
    bar.end();
    super.failed(failure);
  }
}
