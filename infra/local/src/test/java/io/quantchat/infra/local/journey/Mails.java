package io.quantchat.infra.local.journey;

import io.quantchat.infra.local.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a backend has mailed, out of the files that the lines on its console name. */
final class Mails implements Consumer<String> {
  private static final String LINE = "Mail: ";
  private static final Pattern TO = Pattern.compile("(?m)^To: (.*?)\\r?$");
  private static final Pattern LINK = Pattern.compile("(\\S+)#token=(\\S+)");
  private static final Pattern CODE = Pattern.compile("(?m)^ +([0-9A-Z]{5}-[0-9A-Z]{5})\\r?$");

  private final List<Mail> arrived = new ArrayList<>();
  private final Consumer<Mail> reader;

  /** Mails that nobody has sent yet. */
  Mails() {
    this(mail -> {});
  }

  /**
   * The same.
   *
   * @param reader is shown each before anybody else, by many threads at once
   */
  Mails(Consumer<Mail> reader) {
    this.reader = reader;
  }

  /** What a mail is for. */
  enum Kind {
    VERIFY("/auth/email/verify"),
    RESET("/auth/password/reset");

    private final String page;

    Kind(String page) {
      this.page = page;
    }
  }

  /** A mail as it stands in its file. */
  record Mail(String text) {

    String to() {
      return group(TO, 1);
    }

    /** The secret of its link. */
    String token() {
      return group(LINK, 2);
    }

    /** The secret to be typed. */
    String code() {
      return group(CODE, 1);
    }

    /** Keeps its secrets from being anywhere else. */
    void addTo(SecretSearch secrets) {
      if (!token().isEmpty()) {
        secrets.addToken("mailed token", token()).addCode("mailed code", code());
      }
    }

    boolean isOf(Kind kind) {
      return !group(LINK, 1).isEmpty() && group(LINK, 1).endsWith(kind.page);
    }

    private String group(Pattern pattern, int number) {
      Matcher found = pattern.matcher(text);
      return found.find() ? found.group(number) : "";
    }
  }

  /** Hears a line of the console, which may be about a mail. */
  @Override
  public void accept(String line) {
    if (line.startsWith(LINE)) {
      try {
        add(new Mail(Files.readString(Path.of(line.substring(LINE.length())))));
      } catch (IOException e) {
        throw new UncheckedIOException("There is no mail where one was said to be", e);
      }
    }
  }

  private void add(Mail mail) {
    reader.accept(mail);
    synchronized (this) {
      arrived.add(mail);
      notifyAll();
    }
  }

  /** The next mail of a kind to an address, each once. */
  synchronized Mail next(String to, Kind kind) throws InterruptedException {
    long deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (true) {
      for (Iterator<Mail> mails = arrived.iterator(); mails.hasNext(); ) {
        Mail mail = mails.next();
        if (mail.to().equals(to) && mail.isOf(kind)) {
          mails.remove();
          return mail;
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("No mail came that is to " + kind + " " + to);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
