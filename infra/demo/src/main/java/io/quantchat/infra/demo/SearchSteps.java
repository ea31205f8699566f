package io.quantchat.infra.demo;

import io.quantchat.infra.demo.Play.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks for what people wrote in all that the server has and has been told. */
final class SearchSteps {

  private final Play play;
  private final Optional<Tables> tables;
  private final List<Wiretap> taps;

  /**
   * @param tables where they can be looked into
   * @param taps on the lines to the server, where they can be
   */
  SearchSteps(Play play, Optional<Tables> tables, List<Wiretap> taps) {
    this.play = play;
    this.tables = tables;
    this.taps = taps;
  }

  /**
   * Nothing of a text is anywhere, and no passphrase; no password is in a table. No step where
   * there is neither a line nor a table to look through.
   *
   * @param ciphertext of a message that waits: to see that what is there is found
   */
  void lookFor(String title, List<Person> people, List<String> texts, byte[] ciphertext)
      throws Ended {
    if (taps.isEmpty() && tables.isEmpty()) {
      return;
    }
    play.step(
        title,
        () -> {
          var secrets = new ArrayList<>(texts);
          people.forEach(person -> secrets.add(person.secrets().passphrase()));
          var server = new ArrayList<String>();
          var control = new TextSearch(List.of(ciphertext));
          if (!taps.isEmpty()) {
            server.add(searchRequests(TextSearch.of(secrets), control));
          }
          people.forEach(person -> secrets.add(person.secrets().password()));
          if (tables.isPresent()) {
            server.add(searchRows(tables.get(), TextSearch.of(secrets), control));
          }
          server.add(
              "Nowhere in it: %d characters of a text or a passphrase, plain, in base64 or in hex. The ciphertext is there, as it must be."
                  .formatted(TextSearch.RUN));
          return new Outcome<>(texts, List.of(), server);
        });
  }

  private String searchRequests(TextSearch search, TextSearch control) throws Difference {
    Heard heard = Heard.of(taps.stream().map(Wiretap::heard).toList());
    Optional<String> found = search.find(heard.plain());
    if (found.isPresent()) {
      throw new Difference("no secret in any request", "one, " + found.get());
    }
    Difference.checkThat("the ciphertext in a request", control.find(heard.plain()).isPresent());
    return "%s and %s: %s"
        .formatted(
            Shown.count(heard.requests(), "request"),
            Shown.count(heard.frames(), "frame"),
            Shown.size(heard.plain().length));
  }

  private static String searchRows(Tables tables, TextSearch search, TextSearch control)
      throws Difference {
    var rows = new AtomicInteger();
    var controls = new AtomicInteger();
    var found = new ArrayList<String>();
    for (String table : tables.names()) {
      tables.forEachRow(
          table,
          row -> {
            rows.incrementAndGet();
            for (byte[] content : row.contents()) {
              search.find(content).ifPresent(form -> found.add(form + " in " + table));
              control.find(content).ifPresent(form -> controls.incrementAndGet());
            }
          });
    }
    if (!found.isEmpty()) {
      throw new Difference("no secret in any row", "one, " + found.getFirst());
    }
    Difference.checkThat("the ciphertext in a row", controls.get() > 0);
    return "%s of %s"
        .formatted(Shown.count(rows.get(), "row"), Shown.count(tables.names().size(), "table"));
  }
}
