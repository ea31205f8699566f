package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.files.FileFolder;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.MetadataException;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RelayExtension.class)
class FilesTest {

  private static final int PART = 8 << 20;

  @TempDir private Path folder;

  private TestRelay relay;
  private Person ann;
  private Person ben;

  @BeforeEach
  void two(TestRelay testRelay, Person resident, @TempDir Path store) {
    relay = testRelay;
    ann = resident;
    ben = Person.registered(relay, store, "ben");
    ben.client.addContact(ann.email);
  }

  /** Ann stays, and nothing that was between them does. */
  @AfterEach
  void none() {
    ann.client.deleteConversation(ben.id());
    ben.close();
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    Path tooLarge = folder.resolve("large.bin");
    try (var file = new RandomAccessFile(tooLarge.toFile(), "rw")) {
      file.setLength((100L << 20) + 1);
    }
    for (Path path : List.of(folder, folder.resolve("none"), tooLarge, Path.of("/"))) {
      assertThatThrownBy(() -> send("", path)).isInstanceOf(FileException.class);
    }
    Path heif = file("a.heic", "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> send("", heif)).isInstanceOf(MetadataException.class);
    Path some = file("a.txt", new byte[3]);
    Path[] eleven = new Path[11];
    Arrays.fill(eleven, some);
    assertThatThrownBy(() -> send("", eleven)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> send("x".repeat(20_001), some))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(ann.client.conversation(ben.id())).isEmpty();
    assertThat(sealedFiles(ann)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 1_000_000})
  void aFileComesAsItWas(int size) throws IOException {
    byte[] content = random(size);
    Message message = send("Look", file("a.bin", content));
    Files.writeString(folder.resolve("a.bin"), "changed meanwhile");

    assertThat(ann.client.sync()).isTrue();
    assertThat(ben.client.sync()).isTrue();

    assertThat(stateOf(ann, message)).isEqualTo(MessageState.SENT);
    assertThat(ann.client.files(ann.id(), message.id()))
        .extracting(MessageFile::state)
        .containsExactly(FileState.SENT);
    MessageFile here = only(ben, message.id());
    assertThat(here.state()).isEqualTo(FileState.HERE);
    assertThat(here.name()).isEqualTo("a.bin");
    assertThat(here.size()).isEqualTo(size);
    assertThat(save(ben, message.id(), "b.bin")).isEqualTo(content);
    assertThat(Files.readAllBytes(saved(ann, ann.id(), message.id(), "c.bin"))).isEqualTo(content);
    assertThat(relay.media.count()).as("deleted on the server").isZero();
  }

  @Test
  void severalFilesComeInTheirOrderAndMayBeWithoutText() throws IOException {
    Message message = send("", file("1.txt", random(10)), file("2.txt", random(20)));

    ann.client.sync();
    ben.client.sync();

    assertThat(ben.client.conversation(ann.id())).extracting(Message::text).containsExactly("");
    assertThat(ben.client.files(ann.id(), message.id()))
        .extracting(MessageFile::name)
        .containsExactly("1.txt", "2.txt");
  }

  @Test
  void aPictureComesWithoutMetadataAndWithItsSmallForms() throws IOException {
    byte[] picture;
    try (InputStream in = FilesTest.class.getResourceAsStream("pictures/a.jpg")) {
      picture = Optional.ofNullable(in).orElseThrow().readAllBytes();
    }
    Message cleaned = send("", file("a.jpg", picture));
    Message kept =
        ann.client.send(ben.id(), "", List.of(new Attachment(folder.resolve("a.jpg"), true)));

    ann.client.sync();
    ben.client.sync();

    assertThat(new String(save(ben, cleaned.id(), "1"), StandardCharsets.ISO_8859_1))
        .doesNotContain("SECRET");
    assertThat(save(ben, kept.id(), "2")).isEqualTo(picture);
    MessageFile shown = only(ben, cleaned.id());
    assertThat(shown.type()).isEqualTo("image/jpeg");
    assertThat(shown.pixels().orElseThrow().height()).isEqualTo(40);
    assertThat(shown.blurhash()).isPresent();
    assertThat(shown.thumbnail()).isPresent();
  }

  @Test
  void messagesBehindAFileWaitForIt() throws IOException {
    relay.media.refuseAtStorage(503);
    send("first", file("a.bin", random(100)));
    ann.client.send(ben.id(), "second");

    assertThat(ann.client.sync()).isFalse();
    ben.client.sync();
    assertThat(ben.client.conversation(ann.id())).isEmpty();
    relay.media.refuseAtStorage(0);
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(ben.textsWith(ann)).containsExactly("first", "second");
  }

  @Test
  void aLargeFileGoesOnFromTheLastPartAfterALostConnection() throws IOException {
    byte[] content = random(3 * PART);
    Message message = send("", file("a.bin", content));
    relay.media.cutUpAfter(PART + 1_000_000);

    assertThat(ann.client.sync()).isTrue();

    assertThat(relay.media.begun()).isEqualTo(1);
    // What went up of the part that was cut, and no more, went up twice.
    assertThat(relay.media.received()).isLessThan(4L * PART);
    ben.client.sync();
    assertThat(only(ben, message.id()).state()).isEqualTo(FileState.ON_SERVER);
    relay.media.cutDownAfter(PART);
    assertThat(save(ben, message.id(), "b.bin")).isEqualTo(content);
    assertThat(relay.media.sent()).isLessThan(4L * PART);
    assertThat(ben.told(Person.FileMoved.class).stream().map(event -> event.file().state()))
        .contains(FileState.FETCHING, FileState.HERE);
  }

  @Test
  void itGoesOnAfterARestart() throws IOException {
    byte[] content = random(3 * PART);
    Message message = send("", file("a.bin", content));
    ann.client.connect();
    Person.awaitUntil(() -> relay.media.received() > PART);
    relay.media.hold();
    ann.close();
    Files.delete(folder.resolve("a.bin"));
    relay.media.release();
    ann.start(step -> {});

    assertThat(ann.client.sync()).isTrue();

    assertThat(relay.media.begun()).isEqualTo(1);
    ben.client.sync();
    assertThat(save(ben, message.id(), "b.bin")).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheServerGaveUpBeginsAnew(boolean forgotten) throws IOException {
    byte[] content = random(3 * PART);
    Message message = send("", file("a.bin", content));
    relay.media.refuseAtStorage(503);
    assertThat(ann.client.sync()).isFalse();
    relay.media.refuseAtStorage(0);
    if (forgotten) {
      relay.media.forgetAll();
    } else {
      relay.media.giveUpAll();
    }

    assertThat(ann.client.sync()).isTrue();

    assertThat(relay.media.begun()).isEqualTo(2);
    ben.client.sync();
    assertThat(save(ben, message.id(), "b.bin")).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 32 << 20})
  void anOperatorMayHaveMoreOrLessPutAtOnce(int most) throws IOException {
    relay.media.putAtOnce(most);
    byte[] content = random(most == 4096 ? 100_000 : 2 * PART + 100_000);
    Message message = send("", file("a.bin", content));

    assertThat(ann.client.sync()).isTrue();

    assertThat(relay.media.begun()).isEqualTo(1);
    ben.client.sync();
    assertThat(save(ben, message.id(), "b.bin")).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer x",
    "x-http-method-override, DELETE",
    "content-type, 'a\u0001b'"
  })
  void noHeaderIsSentUnderALinkThatNoLinkNeeds(String name, String value) throws IOException {
    Message message = send("", file("a.bin", random(10)));
    relay.media.have(Map.of(name, value));

    assertThat(ann.client.sync()).isFalse();

    assertThat(relay.media.received()).isZero();
    assertThat(stateOf(ann, message)).isEqualTo(MessageState.SENDING);
    relay.media.have(Map.of());
    assertThat(ann.client.sync()).isTrue();
  }

  @Test
  void aFileThatTheServerRefusesFailsWithItsMessageAndGoesAgainOnRequest() throws IOException {
    Message message = send("", file("a.bin", random(10)));
    relay.media.refuse(413);

    ann.client.sync();

    assertThat(stateOf(ann, message)).isEqualTo(MessageState.FAILED);
    relay.media.refuse(0);
    Message again = ann.client.retry(message.id());
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();
    assertThat(only(ben, again.id()).state()).isEqualTo(FileState.HERE);
  }

  @Test
  void nothingOfAStrangersIsFetchedUnasked() throws IOException {
    ben.client.removeContact(ann.id());
    Message message = send("", file("a.bin", random(10)));
    ann.client.sync();

    assertThat(ben.client.sync()).isTrue();

    assertThat(only(ben, message.id()).state()).isEqualTo(FileState.ON_SERVER);
    assertThat(save(ben, message.id(), "b.bin")).hasSize(10);
  }

  @Test
  void aProgramThatTakesNoFilesIsSentNone() throws IOException {
    ben.publishBundle(
        new Capabilities(
            Capabilities.ofThisProgram().names().stream()
                .filter(name -> !name.equals(Content.FILES))
                .toList()));
    Message message = send("Look", file("a.bin", random(10)));

    ann.client.sync();

    assertThat(stateOf(ann, message)).isEqualTo(MessageState.FAILED);
    assertThat(relay.media.begun()).isZero();
    assertThat(relay.pendingOf(ben.id())).isEmpty();
  }

  @Test
  void anAlteredFileIsRefusedAndNothingOfItSaved() throws IOException {
    Message message = send("", file("a.bin", random(10_000)));
    ann.client.sync();
    relay.media.alter(
        bytes -> {
          bytes[bytes.length - 1] ^= 1;
          return bytes;
        });

    ben.client.sync();

    assertThat(only(ben, message.id()).state()).isEqualTo(FileState.GONE);
    assertThat(only(ben, message.id()).fault().orElseThrow()).contains("isn't what was sent");
    assertThatThrownBy(() -> saved(ben, ann.id(), message.id(), "b.bin"))
        .isInstanceOf(FileException.class);
    assertThat(folder.resolve("b.bin")).doesNotExist();
    assertThat(sealedFiles(ben)).isEmpty();
  }

  @Test
  void whatTheServerHasNoMoreIsGone() throws IOException {
    Message message = send("", file("a.bin", random(10_000)));
    ann.client.sync();
    relay.media.forgetAll();

    ben.client.sync();

    assertThat(only(ben, message.id()).state()).isEqualTo(FileState.GONE);
  }

  @Test
  void aSavedFileReplacesNothing() throws IOException {
    Message message = send("", file("a.bin", random(10)));
    ann.client.sync();
    ben.client.sync();
    Path there = file("b.bin", random(5));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

    for (Path taken : List.of(there, folder, folder.resolve("link"), folder.resolve("no/b.bin"))) {
      assertThatThrownBy(() -> ben.client.save(ann.id(), message.id(), 1, taken))
          .isInstanceOf(FileException.class);
    }
    for (int number : new int[] {-1, 0, 2}) {
      assertThatThrownBy(() -> ben.client.save(ann.id(), message.id(), number, folder.resolve("c")))
          .isInstanceOf(FileException.class);
    }
    assertThat(there).hasSize(5);
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void filesGoWithTheirConversationAndLeftoversAtTheNextOpening() throws IOException {
    send("", file("a.bin", random(10)));
    ann.client.sync();
    ben.client.sync();
    assertThat(sealedFiles(ann)).hasSize(1);
    assertThat(sealedFiles(ben)).hasSize(1);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(sealedFiles(ben).get(0))))
        .isEqualTo("rw-------");

    ann.client.deleteConversation(ben.id());
    assertThat(sealedFiles(ann)).isEmpty();
    Path left = sealedFiles(ben).get(0).resolveSibling(UUID.randomUUID().toString());
    Path leftPart = left.resolveSibling(UUID.randomUUID() + ".part");
    Files.writeString(left, "left");
    Files.writeString(leftPart, "left");
    ben.close();
    ben.start(step -> {});

    assertThat(left).doesNotExist();
    assertThat(leftPart).doesNotExist();
    assertThat(sealedFiles(ben)).hasSize(1);
  }

  @Test
  void anExportTakesFilesAlongAndAnImportThoseAlone() throws IOException {
    byte[] content = random(10_000);
    Message message = send("", file("a.bin", content), file("b.bin", random(5)));
    ann.client.sync();
    ben.client.sync();
    Path exported = folder.resolve("export.files");
    String markdown = ben.client.exportMarkdown(ann.id(), exported);
    try (var files = Files.list(exported)) {
      // One is exchanged.
      for (Path path : files.filter(each -> each.toString().endsWith("-b.bin")).toList()) {
        Files.write(path, random(6));
      }
    }
    ben.client.deleteConversation(ann.id());

    ben.client.importMarkdown(markdown.getBytes(StandardCharsets.UTF_8), exported);
    ben.client.importMarkdown(markdown.getBytes(StandardCharsets.UTF_8), exported);

    assertThat(ben.client.conversation(ann.id())).extracting(Message::text).containsExactly("");
    assertThat(ben.client.files(ann.id(), message.id()))
        .extracting(MessageFile::state)
        .containsExactly(FileState.HERE, FileState.GONE);
    assertThat(save(ben, message.id(), "c.bin")).isEqualTo(content);
    assertThat(sealedFiles(ben)).hasSize(1);
    assertThat(relay.media.count()).isZero();
  }

  @Test
  void overASocketAllGoesByItself() throws IOException {
    ann.connect();
    ben.connect();
    byte[] content = random(100_000);
    Message message = send("Look", file("a.bin", content));

    Person.awaitUntil(
        () ->
            ben.client.files(ann.id(), message.id()).stream()
                .anyMatch(file -> file.state() == FileState.HERE));
    assertThat(save(ben, message.id(), "b.bin")).isEqualTo(content);
    Person.awaitUntil(() -> relay.media.count() == 0);
  }

  private Message send(String text, Path... files) {
    return ann.client.send(
        ben.id(), text, Arrays.stream(files).map(file -> new Attachment(file, false)).toList());
  }

  private static MessageState stateOf(Person person, Message message) {
    return person.client.conversation(message.contactId()).stream()
        .filter(each -> each.id().equals(message.id()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private MessageFile only(Person person, UUID messageId) {
    List<MessageFile> files = person.client.files(ann.id(), messageId);
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private byte[] save(Person person, UUID messageId, String name) throws IOException {
    return Files.readAllBytes(saved(person, ann.id(), messageId, name));
  }

  private Path saved(Person person, UUID senderId, UUID messageId, String name) {
    Path to = folder.resolve(name);
    person.client.save(senderId, messageId, 1, to);
    return to;
  }

  private static List<Path> sealedFiles(Person person) throws IOException {
    Path beside = FileFolder.besides(person.file);
    if (!Files.isDirectory(beside)) {
      return List.of();
    }
    try (var files = Files.list(beside)) {
      return files.toList();
    }
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
