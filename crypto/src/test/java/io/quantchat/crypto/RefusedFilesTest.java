package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What isn't the file that was sealed is refused, and nothing of it from there on handed out. */
class RefusedFilesTest {

  private static final int SEGMENT = 65_536;
  private static final int SMALL = 100;
  private static final int LARGE = 4 * SEGMENT;

  private final byte[] small = SealedFiles.seal(SealedFiles.counting(SMALL));
  private final byte[] file = SealedFiles.counting(LARGE);
  private final byte[] large = SealedFiles.seal(file);

  /** All of header and tag, and a sample of the rest; -Pslow tries all. */
  @Test
  void everyBitOfASmallFileCounts() {
    int header = 40 * Byte.SIZE;
    int tag = (small.length - 16) * Byte.SIZE;
    IntStream ends = Flips.all(small).filter(bit -> bit < header || bit >= tag);
    for (int bit : IntStream.concat(Flips.sample(small), ends).distinct().toArray()) {
      byte[] flipped = Flips.flipped(small, bit);

      assertThat(refusal(flipped, SMALL, 0))
          .isEqualTo(bit < Byte.SIZE ? Refusal.MALFORMED : Refusal.WRONG_CONTENT);
    }
  }

  @Test
  void aBitOfASegmentKeepsItAndAllBehindItBack() {
    for (int segment = 0; segment < segments(large).size(); segment++) {
      byte[] flipped = Flips.flipped(large, (segment * SEGMENT + 50) * Byte.SIZE);

      assertThat(refusal(flipped, LARGE, segment)).isEqualTo(Refusal.WRONG_CONTENT);
    }
  }

  @Test
  void aSmallFileCutAnywhereIsRefused() {
    for (int size = 0; size < small.length; size++) {
      assertThat(refusal(Arrays.copyOf(small, size), SMALL, 0)).isEqualTo(Refusal.TRUNCATED);
    }
  }

  @Test
  void aFileCutAtABorderIsRefused() {
    for (int segment = 0; segment < segments(large).size(); segment++) {
      for (int off : new int[] {-1, 0, 1, 40, 41}) {
        byte[] cut = Arrays.copyOf(large, Math.max(0, segment * SEGMENT + off));

        assertThat(refusal(cut, LARGE, off < 0 ? Math.max(0, segment - 1) : segment))
            .isEqualTo(Refusal.TRUNCATED);
      }
    }
  }

  @Test
  void aShorterFileIsNotTheLongerOne() {
    byte[] shorter = SealedFiles.seal(Arrays.copyOf(file, 2 * SEGMENT));
    byte[] cut = Arrays.copyOf(large, (int) FileSealer.sealedSize(2 * SEGMENT));

    assertThat(refusal(shorter, LARGE, 2)).isEqualTo(Refusal.TRUNCATED);
    assertThat(refusal(cut, 2 * SEGMENT, 2)).isEqualTo(Refusal.WRONG_CONTENT);
    assertThat(refusal(large, 2 * SEGMENT, 2)).isEqualTo(Refusal.EXTENDED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, SEGMENT})
  void nothingMayFollow(int more) {
    assertThat(refusal(Arrays.copyOf(small, small.length + more), SMALL, 0))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(refusal(Arrays.copyOf(large, large.length + more), LARGE, 4))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void segmentsInAnotherOrderAreRefused() {
    List<byte[]> segments = segments(large);
    int count = segments.size();
    for (int one = 0; one < count; one++) {
      for (int other = one + 1; other < count; other++) {
        var swapped = new ArrayList<>(segments);
        swapped.set(one, segments.get(other));
        swapped.set(other, segments.get(one));
        assertRefused(swapped, one);
      }
    }
    assertThat(count).isEqualTo(5);
  }

  @Test
  void aSegmentTwiceOrLeftOutIsRefused() {
    List<byte[]> segments = segments(large);
    for (int segment = 1; segment < segments.size() - 1; segment++) {
      var repeated = new ArrayList<>(segments);
      repeated.set(segment, segments.get(segment - 1));
      assertRefused(repeated, segment);
      var inserted = new ArrayList<>(segments);
      inserted.add(segment, segments.get(segment));
      assertRefused(inserted, segment + 1);
      var leftOut = new ArrayList<>(segments);
      leftOut.remove(segment);
      assertRefused(leftOut, segment);
    }
  }

  /** Of the same size, the same place, and even the same key. */
  @Test
  void anotherFilesSegmentIsRefused() {
    List<byte[]> segments = segments(large);
    List<byte[]> others = segments(SealedFiles.seal(file, "another"));
    for (int segment = 0; segment < segments.size(); segment++) {
      var exchanged = new ArrayList<>(segments);
      exchanged.set(segment, others.get(segment));
      assertRefused(exchanged, segment == 0 ? 1 : segment);
    }
  }

  @Test
  void anotherKeyOpensNothing() {
    var handedOut = new ByteArrayOutputStream();
    var opener = new FileOpener(FileKey.generate(new ScriptedRandom("other")), SMALL);

    assertThat(Messages.refusalBy(() -> opener.open(new ByteArrayInputStream(small), handedOut)))
        .isEqualTo(Refusal.WRONG_CONTENT);
    assertThat(handedOut.size()).isZero();
  }

  /** Its sender alone can do that: what hides behind a file is no part of it. */
  @Test
  void whatIsBehindTheFileIsZeros() throws GeneralSecurityException, IOException {
    for (int at : IntStream.of(SMALL, 2000, 4095).toArray()) {
      byte[] padded = SealedFiles.padded(SealedFiles.counting(SMALL));
      padded[at] = 1;

      assertThat(refusal(SealedFiles.sealByTink(padded), SMALL, 0)).isEqualTo(Refusal.MALFORMED);
    }
    assertThat(refusal(small, SMALL - 1, 0)).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void aSizeThatNoFileHasIsRefused() {
    assertThat(Messages.refusalBy(() -> new FileOpener(SealedFiles.KEY, -1)))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(Messages.refusalBy(() -> new FileOpener(SealedFiles.KEY, FileSealer.MOST_SIZE + 1)))
        .isEqualTo(Refusal.EXTENDED);
  }

  private void assertRefused(List<byte[]> segments, int good) {
    var changed = new ByteArrayOutputStream();
    segments.forEach(changed::writeBytes);
    RefusedException refused = refused(changed.toByteArray(), LARGE, good);
    assertThat(refused.refusal())
        .isIn(Refusal.WRONG_CONTENT, Refusal.MALFORMED, Refusal.TRUNCATED, Refusal.EXTENDED);
  }

  private Refusal refusal(byte[] sealed, long size, int good) {
    return refused(sealed, size, good).refusal();
  }

  /** Why it isn't opened: exactly the segments before the first bad one may be handed out. */
  private RefusedException refused(byte[] sealed, long size, int good) {
    var handedOut = new ByteArrayOutputStream();
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> SealedFiles.open(sealed, size, handedOut));
    assertThat(refused).as("a refusal").isNotNull();
    int first = SEGMENT - 16 - 40;
    assertThat(handedOut.size())
        .isLessThanOrEqualTo(good == 0 ? 0 : first + (good - 1) * (SEGMENT - 16));
    assertThat(handedOut.toByteArray()).isEqualTo(Arrays.copyOf(file, handedOut.size()));
    return refused;
  }

  private static List<byte[]> segments(byte[] sealed) {
    return IntStream.iterate(0, at -> at < sealed.length, at -> at + SEGMENT)
        .mapToObj(at -> Arrays.copyOfRange(sealed, at, Math.min(at + SEGMENT, sealed.length)))
        .toList();
  }
}
