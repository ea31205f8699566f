package io.quantchat.infra.demo;

import io.quantchat.infra.demo.Play.Ended;
import io.quantchat.infra.local.objects.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks for what people wrote in all that the server has and has been told. */
final class SearchSteps {

  private final Play play;
  private final Optional<Inside> inside;
  private final List<Wiretap> taps;

  /**
   * @param inside where it can be looked into
   * @param taps on the lines to the server, where they can be
   */
  SearchSteps(Play play, Optional<Inside> inside, List<Wiretap> taps) {
    this.play = play;
    this.inside = inside;
    this.taps = taps;
  }

  /**
   * Nothing of a text or a file is anywhere, and no passphrase; no password is in a table. No step
   * where there is neither a line nor a table to look through.
   */
  void lookFor(String title, List<Person> people, Sought sought) throws Ended {
    if (taps.isEmpty() && inside.isEmpty()) {
      return;
    }
    play.step(
        title,
        () -> {
          var secrets = new ArrayList<>(sought.texts());
          people.forEach(person -> secrets.add(person.secrets().passphrase()));
          var server = new ArrayList<String>();
          if (!taps.isEmpty()) {
            server.add(searchTraffic(sought.with(secrets), sought));
          }
          people.forEach(person -> secrets.add(person.secrets().password()));
          if (inside.isPresent()) {
            Search search = sought.with(secrets);
            server.add(searchRows(inside.get().tables(), search, sought.control()));
            server.add(searchObjects(inside.get().bucket(), search));
          }
          server.add(
              "Nowhere in it: %d characters of a text or a passphrase, plain, in base64 or in hex. The ciphertext is there, as it must be."
                  .formatted(TextSearch.RUN));
          if (!sought.files().isEmpty()) {
            server.add(
                "Nor the picture's name, type, exact size, bytes, thumbnail, blurhash or key. The"
                    + " padded size is there.");
          }
          return new Outcome<>(sought, List.of(), server);
        });
  }

  private String searchTraffic(Search search, Sought sought) throws Difference {
    Heard heard = Heard.of(taps.stream().map(Wiretap::heard).toList());
    Heard answers = Heard.of(taps.stream().map(Wiretap::answers).toList());
    requireNone(search, "request", heard.plain());
    requireNone(search, "answer", answers.plain());
    Difference.checkThat(
        "the ciphertext in a request", sought.control().find(heard.plain()).isPresent());
    for (FileTraces file : sought.files()) {
      for (Search control : file.controls()) {
        Difference.checkThat(
            "the encrypted file in a request", control.find(heard.plain()).isPresent());
      }
    }
    return "%s and %s, and what was answered: %s"
        .formatted(
            Shown.count(heard.requests(), "request"),
            Shown.count(heard.frames(), "frame"),
            Shown.size(heard.plain().length + answers.plain().length));
  }

  private static void requireNone(Search search, String where, byte[] bytes) throws Difference {
    Optional<String> found = search.find(bytes);
    if (found.isPresent()) {
      throw new Difference("no secret in any " + where, "one, " + found.get());
    }
  }

  private static String searchObjects(Bucket bucket, Search search) throws Difference {
    int bytes = 0;
    List<StoredObject> objects = bucket.all();
    for (StoredObject object : objects) {
      for (String text : List.of(object.key(), object.contentType(), object.checksum())) {
        requireNone(search, "object", text.getBytes(StandardCharsets.UTF_8));
      }
      requireNone(search, "object", object.bytes());
      bytes += object.bytes().length;
    }
    return "%s: %s".formatted(Shown.count(objects.size(), "object"), Shown.size(bytes));
  }

  private static String searchRows(Tables tables, Search search, Search control) throws Difference {
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
