package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.accountfile.ReadLines;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Account files that this client and the browser's write for each other. */
@ExtendWith(RelayExtension.class)
class AccountFileInteropTest {

  private static final String SECRET = "the passphrase of a ﬁle";
  private static final Path FILES = Path.of("account-files");

  /** Writes the files of {@link #FILES} anew. */
  private static final boolean WRITES = Boolean.getBoolean("quantchat.accountFiles");

  @Test
  void whatOneWritesTheOtherReadsAndWritesAlike(TestRelay relay, @TempDir Path folder)
      throws IOException, InterruptedException {
    BrowserRewriting.assumeIsThere();
    BrowserRewriting browser = BrowserRewriting.build(Files.createDirectory(folder.resolve("js")));
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = new Person(relay, folder, "moved")) {
      talk(folder, ann, ben);
      Path ofJava = folder.resolve("java.account");
      Path ofBrowser = folder.resolve("browser.account");
      Files.write(ofJava, exported(ann));

      browser.run(ofJava, ofBrowser, SECRET);
      bring(moved, ofBrowser);
      byte[] again = exported(moved);

      assertThat(lines(Files.readAllBytes(ofBrowser)))
          .containsExactlyInAnyOrderElementsOf(lines(Files.readAllBytes(ofJava)));
      // The store goes on: it has prekeys of its own, and asks for what came since.
      assertThat(lines(again).stream().filter(line -> !line.get("kind").equals("bundle")))
          .containsExactlyInAnyOrderElementsOf(
              lines(Files.readAllBytes(ofJava)).stream()
                  .filter(line -> !line.get("kind").equals("bundle"))
                  .toList());
      moved.client.login(ann.email, Person.passphrase());
      for (int i = 0; i < 2; i++) {
        moved.client.sync();
        ben.client.sync();
      }
      assertThat(ben.client.hasChangedIdentity(ann.id())).isFalse();
      if (WRITES) {
        Files.copy(ofJava, FILES.resolve("java.account"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
            ofBrowser, FILES.resolve("browser.account"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void filesThatWereWrittenOnceAreRead(TestRelay relay, @TempDir Path folder) throws IOException {
    for (String name : List.of("java", "browser")) {
      try (Person moved = new Person(relay, folder, name)) {
        ImportResult result = bring(moved, FILES.resolve(name + ".account"));

        assertThat(result.added()).isEqualTo(5);
        assertThat(moved.client.conversation(moved.client.correspondents().getFirst()))
            .extracting(message -> message.text().lines().findFirst().orElse(""))
            .containsExactly(
                "hello", "hello yourself", "two files", "not sent yet: \u0000 \"\\\" 🦊", "");
      }
    }
  }

  private static void talk(Path folder, Person ann, Person ben) throws IOException {
    ann.client.send(ben.id(), "hello");
    exchange(ann, ben);
    ben.client.send(ann.id(), "hello yourself");
    exchange(ann, ben);
    ann.client.markRead(ben.id());
    Path one = Files.writeString(folder.resolve("one.txt"), "fetched");
    Path two = Files.writeString(folder.resolve("two.txt"), "not fetched");
    ben.client.send(
        ann.id(), "two files", List.of(new Attachment(one, true), new Attachment(two, true)));
    exchange(ann, ben);
    Message last = ann.client.conversation(ben.id()).getLast();
    ann.client.save(last.senderId(), last.id(), 1, folder.resolve("saved.txt"));
    ann.client.send(ben.id(), "not sent yet: \u0000 \"\\\" 🦊");
    ann.client.send(ben.id(), "\nlong enough for a second segment".repeat(1_900));
  }

  private static void exchange(Person one, Person two) {
    for (int i = 0; i < 2; i++) {
      one.client.sync();
      two.client.sync();
    }
  }

  private static byte[] exported(Person person) {
    var file = new ByteArrayOutputStream();
    person.client.exportAccountFile(SECRET.toCharArray(), file);
    return file.toByteArray();
  }

  private static ImportResult bring(Person person, Path file) throws IOException {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
      return person.client.importAccountFile(in, SECRET.toCharArray());
    }
  }

  /**
   * All but who has written it and when; and but what becomes of each message that was to be sent,
   * and of times that one of them doesn't keep.
   */
  private static List<Map<String, Object>> lines(byte[] file) throws IOException {
    return ReadLines.of(file, SECRET.toCharArray()).stream().map(line -> steady(line)).toList();
  }

  private static Map<String, Object> steady(Map<String, Object> line) {
    var steady = new LinkedHashMap<>(line);
    steady.remove("program");
    steady.remove("times");
    if (line.get("kind").equals("account")) {
      steady.remove("created");
    }
    if ("sending".equals(line.get("state")) || "failed".equals(line.get("state"))) {
      steady.remove("state");
      steady.remove("details");
    }
    return steady;
  }
}
