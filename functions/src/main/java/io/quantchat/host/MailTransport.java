package io.quantchat.host;

/** The way that mail goes out by. */
@FunctionalInterface
public interface MailTransport {

  /**
   * Hands a mail over. That it is taken doesn't say that it arrives.
   *
   * @param from the address that it comes from
   * @throws java.io.UncheckedIOException if it isn't taken
   */
  void submit(String from, Mail mail);
}
