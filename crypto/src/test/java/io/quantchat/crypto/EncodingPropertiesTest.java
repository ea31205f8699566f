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

/** What holds for all inputs. */
class EncodingPropertiesTest {

  /** Of the year 9999, the last with four digits. */
  private static final long LAST_MILLISECOND = 253_402_300_799_999L;

  private static final Person ANN = Person.named("ann");
  private static final Person BEN = Person.named("ben");

  @Tries(500)
  void base64ComesBack(Chance chance) {
    byte[] bytes = chance.bytes(0, 100);

    String text = Base64Text.encode(bytes);

    assertThat(Base64Text.decode("x", text)).isEqualTo(bytes);
  }

  /** Whatever a lenient decoder takes, only one spelling is taken here. */
  @Tries(2000)
  void base64HasOneSpelling(Chance chance) {
    String text = Base64Text.encode(chance.bytes(1, 8));
    int place = chance.from(0, text.length() - 1);
    String changed = text.substring(0, place) + chance.character() + text.substring(place + 1);

    try {
      byte[] decoded = Base64Text.decode("x", changed);
      assertThat(Base64.getEncoder().encodeToString(decoded)).isEqualTo(changed);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED);
    }
  }

  @Tries(300)
  void noTwoListsOfFieldsGiveTheSameBytes(Chance chance) {
    List<String> one = chance.texts(4, 5);
    List<String> other = chance.coin() ? chance.texts(4, 5) : cutElsewhere(one, chance);

    Optional<byte[]> oneBytes = bytes(one);
    Optional<byte[]> otherBytes = bytes(other);

    assertThat(oneBytes.isPresent()).isEqualTo(one.stream().allMatch(Utf8Text::isWhole));
    if (oneBytes.isPresent() && otherBytes.isPresent()) {
      assertThat(Arrays.equals(oneBytes.get(), otherBytes.get())).isEqualTo(one.equals(other));
    }
  }

  @Tries(300)
  void paddingComesOff(Chance chance) {
    byte[] text = chance.bytes(0, 3000);

    try (Secret padded = Padding.pad(text)) {
      assertThat(Padding.unpad(padded)).isEqualTo(text);
      assertThat(Padding.isPaddedSize(padded.bytes().length)).isTrue();
    }
  }

  @Tries(1000)
  void paddingCostsAtMost12PercentAndHidesMost(Chance chance) {
    int size = chance.from(256, Padding.MOST_SIZE);

    int padded = Padding.paddedSize(size);

    assertThat(padded)
        .isBetween(size, size + size * 12 / 100)
        .isLessThanOrEqualTo(Padding.MOST_SIZE);
    assertThat(Padding.paddedSize(padded)).isEqualTo(padded);
  }

  @Tries(500)
  void aTimeComesBack(Chance chance) {
    Instant time = Instant.ofEpochMilli(chance.from(0, LAST_MILLISECOND));

    assertThat(WireTime.parse("x", WireTime.format(time))).isEqualTo(time);
  }

  @Tries(200)
  void everyPrekeyOfABatchIsProvenInItsOwnPlaceOnly(Chance chance) {
    int size = chance.from(1, 9);
    int leaf = chance.from(0, size - 1);
    int place = chance.from(0, size - 1);
    List<byte[]> leaves =
        IntStream.range(0, size).mapToObj(i -> Hash.SHA_256.of(new byte[] {(byte) i})).toList();
    var tree = new MerkleTree(leaves);

    byte[] root = MerkleTree.climb(leaves.get(leaf), place, tree.path(place));

    assertThat(Arrays.equals(root, tree.root())).isEqualTo(leaf == place);
  }

  @Tries(40)
  void whatIsSealedIsOpened(Chance chance) {
    byte[] bytes = chance.text(2000).getBytes(StandardCharsets.UTF_8);
    var message = new OutgoingMessage(new UUID(5, chance.number()), ANN.now, bytes);
    Optional<OfferedPrekey> prekey =
        chance.coin() ? Optional.of(BEN.takePrekey()) : Optional.empty();

    Sealed sealed = ANN.sealer().seal(ANN.pin(BEN), prekey, message);
    var wire = new LinkedHashMap<>(sealed.envelope().toMap());
    wire.put("sender_id", ANN.userId.toString());
    Envelope read = Envelope.fromMap(wire, BEN.userId);

    byte[] opened =
        BEN.opener().open(read, BEN.pin(ANN)).settle(received -> received.plaintext().clone());
    assertThat(opened).isEqualTo(bytes);
  }

  /** The same text in other fields, or in the same. */
  private static List<String> cutElsewhere(List<String> fields, Chance chance) {
    String text = String.join("", fields);
    int first = chance.from(0, text.length());
    int second = chance.from(first, text.length());
    return chance.coin()
        ? fields
        : List.of(text.substring(0, first), text.substring(first, second), text.substring(second));
  }

  /** Nothing where a field is no text. */
  private static Optional<byte[]> bytes(List<String> fields) {
    var transcript = new Transcript();
    try {
      fields.forEach(transcript::add);
    } catch (RefusedException noText) {
      assertThat(noText.refusal()).isEqualTo(Refusal.MALFORMED);
      return Optional.empty();
    }
    return Optional.of(transcript.toBytes());
  }
}
