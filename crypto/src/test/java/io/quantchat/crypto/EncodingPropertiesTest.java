package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What holds for all inputs. */
class EncodingPropertiesTest {

  private static final Person ANN = Person.named("ann");
  private static final Person BEN = Person.named("ben");

  @Property(tries = 500)
  void base64ComesBack(@ForAll @Size(max = 100) byte[] bytes) {
    String text = Base64Text.encode(bytes);

    assertThat(Base64Text.decode("x", text)).isEqualTo(bytes);
  }

  /** Whatever a lenient decoder takes, only one spelling is taken here. */
  @Property(tries = 2000)
  void base64HasOneSpelling(
      @ForAll @Size(min = 1, max = 8) byte[] bytes,
      @ForAll @IntRange(max = 11) int at,
      @ForAll char other) {
    String text = Base64Text.encode(bytes);
    int place = at % text.length();
    String changed = text.substring(0, place) + other + text.substring(place + 1);

    try {
      byte[] decoded = Base64Text.decode("x", changed);
      assertThat(Base64.getEncoder().encodeToString(decoded)).isEqualTo(changed);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED);
    }
  }

  @Property(tries = 300)
  void noTwoListsOfFieldsGiveTheSameBytes(
      @ForAll @Size(max = 4) List<@StringLength(max = 5) String> one,
      @ForAll @Size(max = 4) List<@StringLength(max = 5) String> other) {
    boolean sameBytes = Arrays.equals(bytes(one), bytes(other));

    assertThat(sameBytes).isEqualTo(utf8(one).equals(utf8(other)));
  }

  @Property(tries = 300)
  void paddingComesOff(@ForAll @Size(max = 3000) byte[] text) {
    try (Secret padded = Padding.pad(text)) {
      assertThat(Padding.unpad(padded)).isEqualTo(text);
      assertThat(Padding.isPaddedSize(padded.bytes().length)).isTrue();
    }
  }

  @Property(tries = 1000)
  void paddingCostsAtMost12PercentAndHidesMost(
      @ForAll @IntRange(min = 256, max = Padding.MOST_SIZE) int size) {
    int padded = Padding.paddedSize(size);

    assertThat(padded)
        .isBetween(size, size + size * 12 / 100)
        .isLessThanOrEqualTo(Padding.MOST_SIZE);
    assertThat(Padding.paddedSize(padded)).isEqualTo(padded);
  }

  @Property(tries = 500)
  void aTimeComesBack(@ForAll @LongRange(max = 253_402_300_799_999L) long milliseconds) {
    Instant time = Instant.ofEpochMilli(milliseconds);

    assertThat(WireTime.parse("x", WireTime.format(time))).isEqualTo(time);
  }

  @Property(tries = 200)
  void everyPrekeyOfABatchIsProvenInItsOwnPlaceOnly(
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(max = 8) int from,
      @ForAll @IntRange(max = 8) int to) {
    List<byte[]> leaves =
        IntStream.range(0, size).mapToObj(i -> Hash.SHA_256.of(new byte[] {(byte) i})).toList();
    var tree = new MerkleTree(leaves);
    int leaf = from % size;
    int place = to % size;

    byte[] root = MerkleTree.climb(leaves.get(leaf), place, tree.path(place));

    assertThat(Arrays.equals(root, tree.root())).isEqualTo(leaf == place);
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsSealedIsOpened(
      @ForAll @StringLength(max = 2000) String text, @ForAll long id, @ForAll boolean oneTime) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var message = new OutgoingMessage(new UUID(5, id), ANN.now, bytes);
    Optional<OfferedPrekey> prekey = oneTime ? Optional.of(BEN.takePrekey()) : Optional.empty();

    Sealed sealed = ANN.sealer().seal(ANN.pin(BEN), prekey, message);
    var wire = new LinkedHashMap<>(sealed.envelope().toMap());
    wire.put("sender_id", ANN.userId.toString());
    Envelope read = Envelope.fromMap(wire, BEN.userId);

    byte[] opened =
        BEN.opener().open(read, BEN.pin(ANN)).settle(received -> received.plaintext().clone());
    assertThat(opened).isEqualTo(bytes);
  }

  private static byte[] bytes(List<String> fields) {
    var transcript = new Transcript();
    fields.forEach(transcript::add);
    return transcript.toBytes();
  }

  /** Halves of surrogate pairs are all the same byte in UTF-8. */
  private static List<String> utf8(List<String> fields) {
    return fields.stream()
        .map(field -> new String(field.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .toList();
  }
}
