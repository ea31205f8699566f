package io.quantchat.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Background;
import io.quantchat.host.Mail;
import io.quantchat.host.MailTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mail that was sent, and work that was begun in the background and waits to be done. */
public final class FakeMail implements MailTransport, Background {

  private static final Pattern CODE =
      Pattern.compile("^ {4}([0-9A-Z]{5}-[0-9A-Z]{5})$", Pattern.MULTILINE);
  private static final Pattern LINK =
      Pattern.compile("^ {4}(https?:\\S+)#token=(\\S+)$", Pattern.MULTILINE);

  private final List<Mail> sent = new ArrayList<>();
  private final List<JsonNode> begun = new ArrayList<>();
  private boolean isDown;

  @Override
  public synchronized void submit(String from, Mail mail) {
    sent.add(mail);
  }

  @Override
  public synchronized void begin(JsonNode event) {
    if (isDown) {
      throw new UncheckedIOException(new IOException("nothing can be begun"));
    }
    begun.add(event);
  }

  /** From now on nothing can be begun. */
  public synchronized void breakDown() {
    isDown = true;
  }

  /** What was begun and wasn't taken yet. */
  public synchronized List<JsonNode> take() {
    List<JsonNode> taken = List.copyOf(begun);
    begun.clear();
    return taken;
  }

  /** All mail to an address, oldest first. */
  public synchronized List<Mail> to(String address) {
    return sent.stream().filter(mail -> mail.to().equals(address)).toList();
  }

  /** The code of the newest mail to an address. */
  public String codeTo(String address) {
    return found(CODE, address).group(1);
  }

  /** The token of the newest link to an address. */
  public String tokenTo(String address) {
    return found(LINK, address).group(2);
  }

  /** The page of the newest link to an address. */
  public String pageTo(String address) {
    return found(LINK, address).group(1);
  }

  private Matcher found(Pattern pattern, String address) {
    Matcher matcher = pattern.matcher(to(address).getLast().text());
    if (!matcher.find()) {
      throw new AssertionError("The newest mail to " + address + " has none");
    }
    return matcher;
  }
}
