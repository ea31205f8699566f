package io.quantchat.cli.agent;

/**
 * The program that holds the account has ended, or has cut this one off, before it answered. What
 * was asked of it may have been done.
 */
public final class AgentLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AgentLostException() {
    super(
        "The program that held the account open has ended before it answered: look whether it was"
            + " done, and if not, do it again.");
  }

  AgentLostException(String message) {
    super(message);
  }
}
