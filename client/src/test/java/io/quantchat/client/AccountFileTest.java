package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quantchat.client.model.AccountFileException;
import io.quantchat.client.model.AccountFileException.Reason;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.crypto.ListedKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An account that is moved to another store with its account file. */
@ExtendWith(RelayExtension.class)
class AccountFileTest {

  private static final char[] SECRET = "the passphrase of a file".toCharArray();

  /** Where the header ends. */
  private static final int HEADER = 47;

  @Test
  void aMovedAccountIsTheSameToItsContactsAndLosesNothing(TestRelay relay, @TempDir Path folder) {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = empty(relay, folder, "moved")) {
      talk(ann, ben);
      byte[] file = exported(ann);
      // The old program goes on, and takes a message that the file doesn't have.
      ben.client.send(ann.id(), "taken by the old program");
      ben.client.sync();
      ann.client.sync();
      ben.client.send(ann.id(), "still on its way");
      ben.client.sync();
      UUID annId = ann.id();
      List<String> before = ann.textsWith(ben);
      ann.client.close();

      ImportResult brought = bring(moved, file);
      moved.client.login(ann.email, Person.passphrase());
      exchange(moved, ben);

      assertThat(brought.added()).isEqualTo(before.size() - 1);
      assertThat(moved.id()).isEqualTo(annId);
      assertThat(moved.textsWith(ben)).containsAll(before).contains("still on its way");
      assertThat(moved.textsWith(ben)).doesNotHaveDuplicates();
      assertThat(ben.client.hasChangedIdentity(annId)).isFalse();
      assertThat(ben.told(Person.Changed.class)).isEmpty();
      moved.client.send(ben.id(), "from the new one");
      exchange(moved, ben);
      assertThat(ben.textsWith(moved)).contains("from the new one").doesNotHaveDuplicates();
      assertThat(ben.client.quarantine()).isEmpty();
      assertThat(moved.client.quarantine()).isEmpty();
      assertThat(moved.client.missing(ben.id())).isZero();
      ann.start(step -> {});
    }
  }

  @Test
  void theProgramThatWasLeftNoticesTheOther(TestRelay relay, @TempDir Path folder) {
    var clock = new TestClock();
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = empty(relay, folder, "moved")) {
      talk(ann, ben);
      bring(moved, exported(ann));
      moved.client.login(ann.email, Person.passphrase());
      moved.client.sync();
      ann.client.close();
      ann.forgetEvents();

      ann.start(Person.surroundings(clock, step -> {}));
      clock.advance(Duration.ofDays(1).plusMinutes(1));
      ann.client.sync();

      assertThat(ann.wasTold(Person.Restored.class)).isTrue();
    }
  }

  @Test
  void theFileHasAllButPrekeysAndTheBytesOfFiles(TestRelay relay, @TempDir Path folder)
      throws IOException {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = empty(relay, folder, "moved")) {
      talk(ann, ben);
      Path one = Files.writeString(folder.resolve("one.txt"), "fetched by the old program");
      Path two = Files.writeString(folder.resolve("two.txt"), "still on the server");
      ben.client.send(
          ann.id(), "two files", List.of(new Attachment(one, true), new Attachment(two, true)));
      ben.client.sync();
      ann.client.sync();
      Message last = ann.client.conversation(ben.id()).getLast();
      ann.client.save(last.senderId(), last.id(), 1, folder.resolve("saved.txt"));
      ann.client.disconnect();
      Message waiting = ann.client.send(ben.id(), "not sent yet");
      List<Message> there = ann.client.conversation(ben.id());

      bring(moved, exported(ann));

      List<Message> here = moved.client.conversation(ben.id());
      assertThat(here.subList(0, here.size() - 1)).isEqualTo(there.subList(0, there.size() - 1));
      assertThat(here.getLast().id()).isEqualTo(waiting.id());
      assertThat(here.getLast().state()).isEqualTo(MessageState.FAILED);
      assertThat(here.getLast().details().get(Message.FAILURE)).asString().contains("on its way");
      assertThat(moved.client.files(last.senderId(), last.id()))
          .extracting(MessageFile::name, MessageFile::state)
          .containsExactly(tuple("one.txt", FileState.GONE), tuple("two.txt", FileState.ON_SERVER));
      moved.client.login(ann.email, Person.passphrase());
      Path saved = folder.resolve("moved.txt");
      moved.client.save(last.senderId(), last.id(), 2, saved);
      assertThat(saved).hasContent("still on the server");
      assertThat(moved.client.publicKeys(ben.id()))
          .extracting(ListedKey::id)
          .isEqualTo(ann.client.publicKeys(ben.id()).stream().map(ListedKey::id).toList());
    }
  }

  @Test
  void aMessageThatWasOnItsWayIsSentAgainOnlyByHand(TestRelay relay, @TempDir Path folder) {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = empty(relay, folder, "moved")) {
      talk(ann, ben);
      Message waiting = ann.client.send(ben.id(), "not sent yet");
      bring(moved, exported(ann));
      moved.client.login(ann.email, Person.passphrase());
      exchange(moved, ben);
      assertThat(ben.textsWith(moved)).doesNotContain("not sent yet");

      moved.client.retry(waiting.id());
      exchange(moved, ben);

      assertThat(ben.textsWith(moved)).containsOnlyOnce("not sent yet");
    }
  }

  @Test
  void whatIsHereStaysWhereTheFileIsBroughtOnceMore(TestRelay relay, @TempDir Path folder) {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben")) {
      talk(ann, ben);
      byte[] file = exported(ann);
      ann.client.deleteConversation(ben.id());
      ann.client.send(ben.id(), "written since");
      ann.forgetEvents();

      ImportResult first = bring(ann, file);
      ImportResult second = bring(ann, file);
      ann.client.send(ben.id(), "and goes on");
      exchange(ann, ben);

      assertThat(first.added()).isPositive();
      assertThat(first.here()).isZero();
      assertThat(second.here()).isEqualTo(first.added());
      assertThat(second.added()).isZero();
      assertThat(ann.textsWith(ben)).contains("hello", "written since").doesNotHaveDuplicates();
      assertThat(ann.told(Person.Restored.class)).isEmpty();
      assertThat(ben.textsWith(ann)).contains("and goes on").doesNotHaveDuplicates();
    }
  }

  @Test
  void nothingOfAFileIsStoredThatIsNotWhole(TestRelay relay, @TempDir Path folder) {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = empty(relay, folder, "moved")) {
      talk(ann, ben);
      ann.client.send(ben.id(), "long enough for a second segment ".repeat(1_900));
      ann.client.send(ben.id(), "long enough for a third one ".repeat(2_200));
      ann.client.send(ben.id(), "long enough for a fourth one ".repeat(2_200));
      byte[] file = exported(ann);

      refused(moved, file, "another passphrase", Reason.WRONG_PASSPHRASE);
      refused(moved, flipped(file, HEADER), Reason.WRONG_PASSPHRASE);
      refused(moved, flipped(file, 30), Reason.DAMAGED);
      refused(moved, flipped(file, 40), Reason.WRONG_PASSPHRASE);
      refused(moved, flipped(file, file.length - 1), Reason.DAMAGED);
      refused(moved, flipped(file, HEADER + 65_552 + 10), Reason.DAMAGED);
      refused(moved, cut(file, HEADER + 65_552), Reason.WRONG_PASSPHRASE);
      refused(moved, cut(file, HEADER + 2 * 65_552), Reason.DAMAGED);
      refused(moved, cut(file, file.length - 1), Reason.DAMAGED);
      refused(moved, cut(file, HEADER), Reason.DAMAGED);
      refused(moved, cut(file, 30), Reason.DAMAGED);
      refused(moved, cut(file, 5), Reason.NO_ACCOUNT_FILE);
      refused(moved, new byte[0], Reason.NO_ACCOUNT_FILE);
      refused(moved, joined(file, new byte[1]), Reason.DAMAGED);
      refused(moved, swapped(file), Reason.DAMAGED);
      byte[] newer = file.clone();
      newer[18] = 2;
      refused(moved, newer, Reason.NEWER);
      byte[] dear = file.clone();
      dear[19] = 0x7f;
      refused(moved, dear, Reason.DAMAGED);

      assertThat(moved.client.account()).isEmpty();
      moved.client.close();
      assertThat(moved.<Boolean>inStore(store -> store.account().identity().isEmpty())).isTrue();
      moved.start(step -> {});
      assertThat(bring(moved, file).added()).isEqualTo(ann.client.conversation(ben.id()).size());
    }
  }

  @Test
  void anotherAccountsFileOrIdentityIsRefused(TestRelay relay, @TempDir Path folder) {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person anew = empty(relay, folder, "anew")) {
      byte[] file = exported(ann);
      anew.client.login(ann.email, Person.passphrase());

      refused(ben, file, Reason.OTHER_ACCOUNT);
      refused(anew, file, Reason.OTHER_IDENTITY);

      assertThat(ben.client.account().orElseThrow().email()).isEqualTo(ben.email);
    }
  }

  @Test
  void aProgramThatDiesBringsAllOrNothing(TestRelay relay, @TempDir Path folder) {
    try (Person ann = Person.registered(relay, folder, "ann");
        Person ben = Person.registered(relay, folder, "ben");
        Person moved = empty(relay, folder, "moved")) {
      talk(ann, ben);
      byte[] file = exported(ann);

      assertThatThrownBy(() -> moved.client.importAccountFile(endingAt(file, 2_000), SECRET))
          .isInstanceOf(Crash.class);
      moved.client.close();
      assertThat(moved.<Boolean>inStore(store -> store.account().account().isEmpty())).isTrue();

      moved.start(Person.surroundings(AccountFileTest::dieOnceBrought));
      assertThatThrownBy(() -> bring(moved, file)).isInstanceOf(Crash.class);
      moved.client.close();
      moved.start(step -> {});
      assertThat(moved.told(Person.Restored.class)).isNotEmpty();
      moved.client.login(ann.email, Person.passphrase());
      exchange(moved, ben);

      assertThat(moved.textsWith(ben)).isEqualTo(ann.textsWith(ben));
      assertThat(ben.told(Person.Changed.class)).isEmpty();
    }
  }

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void dieOnceBrought(Step step) {
    if (step == Step.BROUGHT) {
      throw new Crash();
    }
  }

  private static InputStream endingAt(byte[] file, int end) {
    return new FilterInputStream(new ByteArrayInputStream(file, 0, end)) {
      @Override
      public int read() throws IOException {
        return orCrash(super.read());
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return orCrash(super.read(bytes, from, length));
      }

      private static int orCrash(int read) {
        if (read < 0) {
          throw new Crash();
        }
        return read;
      }
    };
  }

  /** A program with a store in which nothing is. */
  private static Person empty(TestRelay relay, Path folder, String name) {
    return new Person(relay, folder, name);
  }

  private static void talk(Person ann, Person ben) {
    ann.client.send(ben.id(), "hello");
    exchange(ann, ben);
    ben.client.send(ann.id(), "hello yourself");
    ben.client.send(ann.id(), "and how are you?");
    exchange(ann, ben);
    ann.client.markRead(ben.id());
    exchange(ann, ben);
  }

  private static void exchange(Person one, Person two) {
    for (int i = 0; i < 3; i++) {
      one.client.sync();
      two.client.sync();
    }
  }

  private static byte[] exported(Person person) {
    var file = new ByteArrayOutputStream();
    person.client.exportAccountFile(SECRET, file);
    return file.toByteArray();
  }

  private static ImportResult bring(Person person, byte[] file) {
    return person.client.importAccountFile(new ByteArrayInputStream(file), SECRET);
  }

  private static void refused(Person person, byte[] file, Reason reason) {
    refused(person, file, new String(SECRET), reason);
  }

  private static void refused(Person person, byte[] file, String passphrase, Reason reason) {
    assertThatExceptionOfType(AccountFileException.class)
        .isThrownBy(
            () ->
                person.client.importAccountFile(
                    new ByteArrayInputStream(file), passphrase.toCharArray()))
        .extracting(AccountFileException::reason)
        .isEqualTo(reason);
  }

  private static byte[] flipped(byte[] file, int at) {
    byte[] other = file.clone();
    other[at] ^= 1;
    return other;
  }

  private static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** The third segment before the second. */
  private static byte[] swapped(byte[] file) {
    byte[] other = file.clone();
    System.arraycopy(file, HEADER + 2 * 65_552, other, HEADER + 65_552, 65_552);
    System.arraycopy(file, HEADER + 65_552, other, HEADER + 2 * 65_552, 65_552);
    return other;
  }
}
