package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This implementation and the browser's read each other's messages, files and receipts too. Each
 * has made its keys itself, and judges what the other has read of its own. How many each way, the
 * property {@code quantchat.interop.messages} says; -Pslow a thousand.
 */
class BrowserInteropTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  private static final int TENTH = Integer.getInteger("quantchat.interop.messages", 100) / 10;

  private static final int MESSAGES = 10 * TENTH;

  /** Fewer of those that cost the browser's implementation most in Node. */
  private static final Map<Mode, Integer> COUNTS =
      Map.of(
          Mode.SPK,
          4 * TENTH,
          Mode.SPK_OPK,
          4 * TENTH,
          Mode.SPK_KEM,
          TENTH,
          Mode.SPK_OPK_KEM,
          TENTH);

  /** One-time prekeys of each person: one for each message that takes one. */
  private static final Map<String, Integer> PAIRS = Map.of("old", 4 * TENTH, "new", TENTH);

  private static final List<Integer> FILE_SIZES =
      List.of(0, 1, 4096, 4097, 65_480, 65_481, 131_000, 300_000);
  private static final String SEED_PROPERTY = "quantchat.seed";

  /** What was written, to be judged by what the other has read. */
  private record Written(String to, Envelope envelope, byte[] plaintext, ReceiptKey receiptKey) {}

  private final long seed = Long.getLong(SEED_PROPERTY, new Random().nextInt(1_000_000));
  private final Random random = new Random(seed);
  private final Map<String, Person> own = new LinkedHashMap<>();
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final Map<String, List<OfferedPrekey>> offers = new LinkedHashMap<>();

  @TempDir private Path folder;

  @Test
  void javaAndBrowserReadEachOthersMessages() throws Exception {
    BrowserProgram.assumeIsThere();
    System.out.printf("Java and browser: -D%s=%d%n", SEED_PROPERTY, seed);
    Capabilities ofOld = new Capabilities(List.of("v1", Content.CAPABILITY, Content.FILES));
    own.put("old", new Person("old " + seed, ofOld));
    own.put("new", new Person("new " + seed, Capabilities.ofThisProgram()));

    try (BrowserProgram browser = BrowserProgram.start(folder, Long.toString(seed))) {
      browser.tell(PAIRS);
      meet(browser.hear().path("people"));
      List<Written> written = write();
      List<byte[]> files = FILE_SIZES.stream().map(this::bytes).toList();
      browser.tell(
          Map.of("people", published(), "messages", wire(written), "files", sealed(files)));
      judge(browser.hear(), written, files);

      var counts = new LinkedHashMap<String, Integer>();
      COUNTS.forEach((mode, count) -> counts.put(mode.wireName(), count));
      browser.tell(counts);
      JsonNode theirs = browser.hear();
      browser.tell(
          Map.of("read", read(theirs.path("messages")), "opened", opened(theirs.path("files"))));
      assertThat(browser.hear().path("right").asInt()).isEqualTo(MESSAGES);
    }
  }

  /** Verifies and pins the other's people, and takes their prekeys. */
  private void meet(JsonNode people) {
    for (var named : people.properties()) {
      SignedBundle bundle = SignedBundle.fromMap(map(named.getValue().path("bundle")));
      Peer peer = Peer.pin(bundle.bundle().userId(), bundle, Person.NOW);
      peers.put(named.getKey(), peer);
      var handedOut = new ArrayList<OfferedPrekey>();
      for (JsonNode uploaded : named.getValue().path("batches")) {
        PrekeyBatch batch = PrekeyBatch.fromMap(map(uploaded));
        batch.verify(peer.identity());
        handedOut.addAll(batch.offers());
      }
      offers.put(named.getKey(), handedOut);
    }
  }

  private Map<String, Object> published() {
    var people = new LinkedHashMap<String, Object>();
    own.forEach(
        (name, person) -> {
          var batches = new ArrayList<>();
          for (int left = PAIRS.get(name); left > 0; left -= BatchStatement.MOST) {
            batches.add(person.addPrekeys(Math.min(left, BatchStatement.MOST)).toMap());
          }
          people.put(name, Map.of("bundle", person.signedBundle.toMap(), "batches", batches));
        });
    return people;
  }

  private List<Written> write() {
    var written = new ArrayList<Written>();
    MessageSealer sealer = own.get("new").sealer();
    COUNTS.forEach(
        (mode, count) -> {
          boolean isToNew = mode == Mode.SPK_KEM || mode == Mode.SPK_OPK_KEM;
          String to = isToNew ? "new" : "old";
          for (int i = 0; i < count; i++) {
            Optional<OfferedPrekey> offered =
                mode.isForwardSecret()
                    ? Optional.of(offers.get(to).removeFirst())
                    : Optional.empty();
            OutgoingMessage message = message(i);
            Sealed sealed = sealer.seal(peers.get(to), offered, message);
            assertThat(sealed.mode()).isEqualTo(mode);
            written.add(
                new Written(to, sealed.envelope(), message.plaintext(), sealed.receiptKey()));
          }
        });
    return written;
  }

  /** Texts of all lengths up to 2,000 characters, plain, with a place, and with files. */
  private OutgoingMessage message(int i) {
    String text = "Grüße, 世界 😀! ".repeat(random.nextInt(150)) + i;
    if (i % 3 == 0) {
      return new OutgoingMessage(
          uuid(), Person.NOW.plusMillis(i), text.getBytes(StandardCharsets.UTF_8));
    }
    List<AttachedFile> files =
        IntStream.range(0, i % 3 == 1 ? 0 : 1 + i % 10).mapToObj(number -> file()).toList();
    var content =
        new Content.Text(
            text,
            new StreamPlace(uuid(), i + 1L),
            i % 2 == 0 ? Numbers.of(1, i) : Numbers.NONE,
            List.of(new Content.Replaced(uuid(), Optional.empty())),
            Optional.of(Person.NOW),
            files);
    return new OutgoingMessage(
        uuid(),
        Person.NOW.plusMillis(i),
        content.encode().orElseThrow(),
        MediaRefs.of(files.stream().map(file -> file.ref(bytes(Hash.SIZE))).toList()));
  }

  private AttachedFile file() {
    byte[] thumbnail = bytes(100);
    System.arraycopy(HEX.parseHex("ffd8ff"), 0, thumbnail, 0, 3);
    return new AttachedFile(
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(Hash.SIZE)),
        FileKey.of(bytes(FileKey.SIZE)),
        "Grüße \"1\".jpg",
        "image/jpeg",
        123_456,
        Optional.of(new PixelSize(640, 480)),
        Optional.of(new Thumbnail(thumbnail)),
        Optional.of("LEHV6nWB2yk8pyo0adR*.7kCMdnj"));
  }

  private List<Object> wire(List<Written> written) {
    var messages = new ArrayList<>();
    for (Written one : written) {
      var json = new LinkedHashMap<>(one.envelope().toMap());
      json.put("sender_id", own.get("new").userId.toString());
      messages.add(Map.of("to", one.to(), "json", json));
    }
    return messages;
  }

  private List<Object> sealed(List<byte[]> files) throws IOException {
    var told = new ArrayList<>();
    for (byte[] file : files) {
      byte[] key = bytes(FileKey.SIZE);
      var sealed = new ByteArrayOutputStream();
      try (FileKey fileKey = FileKey.of(key)) {
        new FileSealer(own.get("new").random).seal(fileKey, new ByteArrayInputStream(file), sealed);
        told.add(
            Map.of(
                "size", file.length,
                "key", HEX.formatHex(key),
                "sealed", Base64Text.encode(sealed.toByteArray()),
                "delete_hash", HEX.formatHex(fileKey.deleteHash())));
      }
    }
    return told;
  }

  private static void judge(JsonNode told, List<Written> written, List<byte[]> files) {
    assertThat(told.path("opened"))
        .map(JsonNode::asText)
        .isEqualTo(files.stream().map(file -> HEX.formatHex(Hash.SHA_256.of(file))).toList());
    assertThat(told.path("read")).hasSameSizeAs(written).hasSize(MESSAGES);
    for (int i = 0; i < written.size(); i++) {
      Written own = written.get(i);
      JsonNode one = told.path("read").path(i);
      UUID id = own.envelope().messageId();
      assertThat(HEX.parseHex(one.path("plaintext").asText())).isEqualTo(own.plaintext());
      for (Receipt receipt : Receipt.values()) {
        byte[] proof = HEX.parseHex(one.path(receipt.wireName()).asText());
        assertThat(own.receiptKey().proves(receipt, id, proof)).isTrue();
      }
    }
  }

  private List<Object> read(JsonNode messages) {
    var read = new ArrayList<>();
    for (JsonNode message : messages) {
      Person recipient = own.get(message.path("to").asText());
      Envelope envelope = Envelope.fromMap(map(message.path("json")), recipient.userId);
      try (Opened opened = recipient.opener().open(envelope, peers.get("new"))) {
        read.add(
            opened.settle(
                received -> {
                  received.content();
                  recipient.settle(received);
                  UUID id = envelope.messageId();
                  return Map.of(
                      "plaintext",
                      HEX.formatHex(received.plaintext()),
                      "delivered",
                      HEX.formatHex(received.receiptKey().prove(Receipt.DELIVERED, id)),
                      "read",
                      HEX.formatHex(received.receiptKey().prove(Receipt.READ, id)));
                }));
      }
    }
    return read;
  }

  private static List<Object> opened(JsonNode files) throws IOException {
    var opened = new ArrayList<>();
    for (JsonNode told : files) {
      var file = new ByteArrayOutputStream();
      try (FileKey key = FileKey.of(HEX.parseHex(told.path("key").asText()))) {
        assertThat(HEX.formatHex(key.deleteHash())).isEqualTo(told.path("delete_hash").asText());
        byte[] sealed = Base64Text.decode("sealed", told.path("sealed").asText());
        new FileOpener(key, told.path("size").asLong())
            .open(new ByteArrayInputStream(sealed), file);
      }
      opened.add(HEX.formatHex(Hash.SHA_256.of(file.toByteArray())));
    }
    return opened;
  }

  private byte[] bytes(int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<>() {});
  }
}
