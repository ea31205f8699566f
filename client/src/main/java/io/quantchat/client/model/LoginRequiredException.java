package io.quantchat.client.model;

/** There is no session, or it has ended. */
public final class LoginRequiredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LoginRequiredException() {
    super("There is no session: log in.");
  }
}
