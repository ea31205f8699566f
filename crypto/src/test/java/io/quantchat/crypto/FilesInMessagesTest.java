package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message says which files are its own; what is said outside must agree with it. */
class FilesInMessagesTest {

  private static final AttachedFile FILE = KnownFiles.file("A", 100);

  private final Messages messages = Messages.in(Mode.SPK_OPK_KEM);

  @Test
  void filesComeOutAsTheyWentIn() {
    Content.Text text = KnownFiles.text("Look!", List.of(KnownFiles.photo(), FILE));

    assertThat(Content.decode(text.encode().orElseThrow())).isEqualTo(text);
  }

  @Test
  void aTextMayBeEmptyWhereThereAreFiles() {
    Content.Text text = KnownFiles.text("", List.of(FILE));

    assertThat(Content.decode(text.encode().orElseThrow())).isEqualTo(text);
    assertThat(refusalOf(KnownFiles.text("", List.of()).encode().orElseThrow()))
        .isEqualTo(Refusal.MISSING);
  }

  @Test
  void theMostOfAllFitsIntoAMessage() {
    var files = new ArrayList<AttachedFile>();
    for (int i = 0; i < Content.MOST_FILES; i++) {
      files.add(
          new AttachedFile(
              "_".repeat(41) + i + "A",
              SealedFiles.KEY,
              "\u0001".repeat(255),
              "x/" + "y".repeat(98),
              FileSealer.MOST_SIZE,
              Optional.of(new PixelSize(65_535, 65_535)),
              Optional.of(KnownFiles.thumbnail(Thumbnail.MOST / 10)),
              Optional.of("~".repeat(64))));
    }
    var spans =
        new Numbers(
            LongStream.range(0, Content.MOST_VOID)
                .mapToObj(i -> new Numbers.Span((1L << 52) + 3 * i, (1L << 52) + 3 * i + 1))
                .toList());
    var replaced =
        Collections.nCopies(
            Content.MOST_REPLACED,
            new Content.Replaced(Messages.ID, Optional.of(KnownContents.PLACE)));
    var most =
        new Content.Text(
            "x".repeat(16_000),
            KnownContents.PLACE,
            spans,
            replaced,
            Optional.of(Person.NOW),
            files);

    assertThat(Content.decode(most.encode().orElseThrow())).isEqualTo(most);
  }

  /** It can't go plain, as a text alone does: its files would be lost. */
  @Test
  void aTextThatIsTooLongForItsFilesIsRefused() {
    String text = "x".repeat(OutgoingMessage.LONGEST_TEXT - 200);

    assertThat(Messages.refusalBy(() -> KnownFiles.text(text, List.of(FILE)).encode()))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void aLongHeaderIsForFilesAlone() {
    String header = header(FILE);
    String more = ",\"zest\":\"" + "z".repeat(9000) + "\"}";
    String with = header.substring(0, header.length() - 1) + more;
    String without = with.replaceFirst("\"files\":\\[.*?],", "");

    assertThat(read(with).files()).containsExactly(FILE);
    assertThat(refusalOf(bytes(without))).isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void filesAreAtMostTenAndEachOnce() {
    List<AttachedFile> eleven =
        "ABCDEFGHIJK".chars().mapToObj(c -> KnownFiles.file(Character.toString(c), 1)).toList();

    assertThat(KnownFiles.text("", eleven.subList(0, 10)).files()).hasSize(10);
    assertThat(Messages.refusalBy(() -> KnownFiles.text("", eleven))).isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> KnownFiles.text("", List.of(FILE, FILE))))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(bytes(header(FILE).replaceFirst("\"files\":\\[.*?]", "\"files\":[]"))))
        .isEqualTo(Refusal.TRUNCATED);
  }

  @Test
  void thumbnailsAreBoundedTogether() {
    AttachedFile half = withThumbnail("A", Thumbnail.MOST / 2);
    AttachedFile more = withThumbnail("B", Thumbnail.MOST / 2 + 1);

    assertThat(Messages.refusalBy(() -> KnownFiles.text("", List.of(half, more))))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> KnownFiles.thumbnail(Thumbnail.MOST + 1)))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> KnownFiles.thumbnail(2))).isEqualTo(Refusal.MALFORMED);
    assertThat(Messages.refusalBy(() -> new Thumbnail("GIF89a".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(KnownFiles.thumbnail(3).bytes()).hasSize(3);
  }

  private static AttachedFile withThumbnail(String letter, int size) {
    AttachedFile file = KnownFiles.file(letter, 1);
    return new AttachedFile(
        file.mediaId(),
        file.key(),
        file.name(),
        file.type(),
        file.size(),
        Optional.empty(),
        Optional.of(KnownFiles.thumbnail(size)),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"image/svg+xml", "application/vnd.oasis.opendocument.text", "x/y", "A/B", "1/2"})
  void aTypeIsAMediaType(String type) {
    assertThat(read(header(FILE).replace("text/plain", type)).files().getFirst().type())
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, text, MALFORMED",
    "text/plain, /plain, MALFORMED",
    "text/plain, text/, MALFORMED",
    "text/plain, text/plain/x, MALFORMED",
    "text/plain, text/pl ain, MALFORMED",
    "text/plain, text/plain;x=y, MALFORMED",
    "text/plain, _x/y, MALFORMED",
    "text/plain, '', TRUNCATED",
    "notes \\\"1\\\".txt, '', TRUNCATED",
    "AAAAAA\", AAAAAB\", MALFORMED",
    "AAAAAA\", AAAAA\", MALFORMED",
    "\"size\":100, \"size\":104857601, EXTENDED",
    "\"size\":100, \"size\":\"100\", MALFORMED",
    "\"size\":100, \"siza\":100, MISSING",
    "\"type\":\"text/plain\", '\"type\":\"text/plain\",\"width\":5', MISSING",
    "\"id\", '\"height\":5,\"id\"', MISSING",
    "\"id\", '\"blurhash\":\"\",\"id\"', TRUNCATED",
    "\"id\", '\"blurhash\":\"a b\",\"id\"', MALFORMED",
    "\"id\", '\"blurhash\":\"a/b\",\"id\"', MALFORMED",
    "\"size\":100, '\"size\":100,\"thumbnail\":\"\"', TRUNCATED",
    "\"size\":100, '\"size\":100,\"thumbnail\":\"/9=j\"', MALFORMED",
  })
  void aFileOutOfBoundsIsRefused(String found, String replaced, Refusal refusal) {
    String changed =
        header(FILE).replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(replaced));

    assertThat(changed).isNotEqualTo(header(FILE));
    assertThat(refusalOf(bytes(changed))).isEqualTo(refusal);
  }

  @Test
  void namesTypesAndPicturesAreBounded() {
    assertThat(refusedWith(header -> header.replace("notes", "ü".repeat(124))))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(refusedWith(header -> header.replace("plain", "p".repeat(96))))
        .isEqualTo(Refusal.EXTENDED);
    String blurhash = "\"blurhash\":\"" + "a".repeat(65) + "\",\"id\"";
    assertThat(refusedWith(header -> header.replace("\"id\"", blurhash)))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> new PixelSize(65_536, 1))).isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> new PixelSize(1, 0))).isEqualTo(Refusal.TRUNCATED);
  }

  @Test
  void whatIsInsideIsShownByNothing() {
    Content.Text text = KnownFiles.text("secret", List.of(KnownFiles.photo()));

    assertThat(text + KnownFiles.photo().toString() + KnownFiles.thumbnail(9))
        .doesNotContain("secret", "jpg", "jpeg", "LEHV");
  }

  @Test
  void filesGoToProgramsThatTakeThem() {
    assertThat(Content.takesFiles(Capabilities.ofThisProgram())).isTrue();
    assertThat(Content.takesFiles(new Capabilities(List.of("v2", "content-1")))).isFalse();
    assertThat(Content.takesFiles(new Capabilities(List.of("v2", "files-1")))).isFalse();
  }

  @Test
  void aMessageWithFilesIsReadWhereBothSidesOfItAgree() {
    MediaRefs refs = MediaRefs.of(KnownFiles.refs(FILE, KnownFiles.photo()));
    Content.Text text = KnownFiles.text("Look!", List.of(FILE, KnownFiles.photo()));

    Map<String, Object> wire = wire(text, refs);

    assertThat(wire).containsEntry("has_media", true);
    assertThat(contentOf(wire)).isEqualTo(text);
    assertThat(refs.files()).isEqualTo(KnownFiles.refs(FILE, KnownFiles.photo()));
    assertThat(refs.files().getFirst().size()).isEqualTo(FileSealer.sealedSize(100));
  }

  @Test
  void aMessageThatSaysOtherFilesOutsideIsRefused() {
    Content.Text text = KnownFiles.text("Look!", List.of(FILE));

    assertThat(Messages.refusalBy(() -> contentOf(wire(text, MediaRefs.NONE))))
        .isEqualTo(Refusal.WRONG_MEDIA);
    MediaRefs other = MediaRefs.of(KnownFiles.refs(KnownFiles.file("B", 100)));
    assertThat(Messages.refusalBy(() -> contentOf(wire(text, other))))
        .isEqualTo(Refusal.WRONG_MEDIA);
  }

  /** Of an older program's message nothing is known of what it means outside. */
  @Test
  void aPlainTextIsReadWhateverIsSaidOutside() {
    var plain =
        new OutgoingMessage(
            Messages.ID,
            messages.ann().now,
            Messages.TEXT.getBytes(StandardCharsets.UTF_8),
            new MediaRefs(List.of("a1")));

    assertThat(contentOf(messages.wire(messages.seal(plain))))
        .isEqualTo(new Content.Plain(Messages.TEXT));
  }

  private Map<String, Object> wire(Content.Text text, MediaRefs refs) {
    byte[] plaintext = text.encode().orElseThrow();
    return messages.wire(
        messages.seal(new OutgoingMessage(Messages.ID, messages.ann().now, plaintext, refs)));
  }

  private Content contentOf(Map<String, Object> wire) {
    Person ben = messages.ben();
    Envelope envelope = Envelope.fromMap(wire, ben.userId);
    try (Opened opened = ben.opener().open(envelope, ben.pin(messages.ann()))) {
      return opened.settle(Received::content);
    }
  }

  private static Refusal refusedWith(UnaryOperator<String> change) {
    return refusalOf(bytes(change.apply(header(FILE))));
  }

  private static Refusal refusalOf(byte[] content) {
    return Messages.refusalBy(() -> Content.decode(content));
  }

  private static Content.Text read(String header) {
    return (Content.Text) Content.decode(bytes(header));
  }

  private static String header(AttachedFile file) {
    byte[] content = KnownFiles.text("x", List.of(file)).encode().orElseThrow();
    return new String(content, 1, content.length - 3, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    var content = new byte[json.length + 3];
    System.arraycopy(json, 0, content, 1, json.length);
    content[0] = (byte) 0xFF;
    content[json.length + 1] = (byte) 0xFF;
    content[json.length + 2] = 'x';
    return content;
  }
}
