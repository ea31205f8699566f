package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no account can publish, however well it is signed. */
class BundleTest {

  private final Person ann = Person.named("ann");
  private final Bundle good = ann.signedBundle.bundle();

  @Test
  void aBundleIsGoodForThirtyDaysAtMost() {
    Instant created = good.created();

    assertThat(refusalOf(1, created.plus(Duration.ofDays(30)).plusMillis(1)))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(1, created)).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(1, created.minusMillis(1))).isEqualTo(Refusal.MALFORMED);
    assertThat(bundle(1, created.plusMillis(1)).expires()).isEqualTo(created.plusMillis(1));
  }

  @Test
  void versionsAreNumbersThatEveryProgramCanHold() {
    long largest = (1L << 53) - 1;

    assertThat(refusalOf(0, good.expires())).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(-1, good.expires())).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(largest + 1, good.expires())).isEqualTo(Refusal.MALFORMED);
    assertThat(bundle(largest, good.expires()).version()).isEqualTo(largest);
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void ofEachAlgorithmOneKeyIsActive(KeyAlgorithm algorithm) {
    List<ListedKey> without =
        good.keys().keys().stream().filter(key -> !key.is(algorithm)).toList();
    List<ListedKey> inactive =
        good.keys().keys().stream()
            .map(key -> key.is(algorithm) ? key.withStatus(KeyStatus.DEPRECATED) : key)
            .toList();
    ListedKey second =
        Person.named("eve").signedBundle.bundle().keys().primary(algorithm).orElseThrow();

    assertThat(refusalOf(without)).isEqualTo(Refusal.MISSING);
    assertThat(refusalOf(inactive)).isEqualTo(Refusal.MISSING);
    assertThat(refusalOf(with(second))).isEqualTo(Refusal.WRONG_KEY);
    ListedKey old = second.withStatus(KeyStatus.DEPRECATED);
    assertThat(new KeySet(with(old)).primary(algorithm))
        .isEqualTo(good.keys().primary(algorithm))
        .isNotEqualTo(new KeySet(with(old)).find(old.id()));
  }

  @Test
  void aProgramWithoutAKemNeedsNoKeyForIt() {
    List<ListedKey> classical =
        good.keys().keys().stream().filter(key -> !key.is(KeyAlgorithm.ML_KEM_768)).toList();

    var bundle =
        new Bundle(
            ann.userId,
            1,
            good.created(),
            good.expires(),
            Capabilities.of(Suite.V1),
            new KeySet(classical));

    assertThat(Messages.refusalBy(bundle::lastResort)).isEqualTo(Refusal.MISSING);
  }

  @Test
  void aKeyIsListedOnceAndUnderItsOwnName() {
    ListedKey key = good.keys().keys().getFirst();
    ListedKey other = good.keys().keys().getLast();

    assertThat(refusalOf(with(key.withStatus(KeyStatus.DEPRECATED)))).isEqualTo(Refusal.WRONG_KEY);
    assertThat(
            Messages.refusalBy(
                () ->
                    new ListedKey(
                        other.id(), key.algorithm(), key.data(), key.created(), key.status())))
        .isEqualTo(Refusal.WRONG_KEY);
  }

  @Test
  void thirtyTwoKeysAreListedAtMost() {
    List<ListedKey> many =
        new ArrayList<>(IntStream.range(0, 32).mapToObj(BundleTest::ofTomorrow).toList());

    assertThat(new KeySet(many).keys()).hasSize(32);
    many.add(ofTomorrow(32));
    assertThat(Messages.refusalBy(() -> new KeySet(many))).isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void aKeyOfAnAlgorithmToComeIsKeptAndBounded() {
    var set = new KeySet(with(ofTomorrow(1)));

    assertThat(set.find(ofTomorrow(1).id()).flatMap(ListedKey::key)).isEmpty();
    assertThat(Messages.refusalBy(() -> listed("TOMORROW", new byte[4097])))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> listed("TOMORROW", new byte[0])))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(Messages.refusalBy(() -> listed("", new byte[1]))).isEqualTo(Refusal.TRUNCATED);
    assertThat(Messages.refusalBy(() -> listed("T".repeat(65), new byte[1])))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> listed("ECDH-P256", new byte[65])))
        .isEqualTo(Refusal.INVALID_KEY);
  }

  @Test
  void theOrderOfKeysIsNotWhatTheyMean() {
    List<ListedKey> reversed = new ArrayList<>(good.keys().keys());
    Collections.reverse(reversed);

    assertThat(new KeySet(reversed)).isEqualTo(good.keys());
    assertThat(new Capabilities(List.of("v2", "v1"))).isEqualTo(Capabilities.of(Suite.values()));
    assertThat(new Capabilities(List.of("v2", "files-1", "content-1", "v1")))
        .isEqualTo(Capabilities.ofThisProgram());
  }

  @Test
  void capabilitiesAreNamesEachOnce() {
    assertThat(refusalOfCapabilities(List.of())).isEqualTo(Refusal.MISSING);
    assertThat(refusalOfCapabilities(List.of("v1", "v1"))).isEqualTo(Refusal.MALFORMED);
    for (String name : List.of("", "V1", "v 1", "v1\n", "ü", "v".repeat(33))) {
      assertThat(refusalOfCapabilities(List.of(name))).as(name).isEqualTo(Refusal.MALFORMED);
    }
    assertThat(refusalOfCapabilities(IntStream.range(0, 17).mapToObj(i -> "v" + i).toList()))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void onlyTheIdentityThatABundleListsSignsIt() {
    try (IdentityKeys other = IdentityKeys.generate(ann.random)) {
      assertThat(Messages.refusalBy(() -> SignedBundle.sign(good, other, ann.random)))
          .isEqualTo(Refusal.WRONG_KEY);
    }
  }

  @Test
  void aBatchHasEachPairOnce() {
    PrekeyBatch batch = ann.addPrekeys(2);
    List<OneTimePrekey> twice = List.of(batch.prekeys().getFirst(), batch.prekeys().getFirst());

    assertThat(
            Messages.refusalBy(
                () ->
                    new PrekeyBatch(
                        ann.userId, batch.batchId(), ann.now, twice, batch.signatures())))
        .isEqualTo(Refusal.REUSED_PREKEY);
  }

  private List<ListedKey> with(ListedKey more) {
    List<ListedKey> keys = new ArrayList<>(good.keys().keys());
    keys.add(more);
    return keys;
  }

  private Bundle bundle(long version, Instant expires) {
    return new Bundle(
        ann.userId, version, good.created(), expires, good.capabilities(), good.keys());
  }

  private Refusal refusalOf(long version, Instant expires) {
    return Messages.refusalBy(() -> bundle(version, expires));
  }

  private Refusal refusalOf(List<ListedKey> keys) {
    return Messages.refusalBy(
        () ->
            new Bundle(
                ann.userId,
                1,
                good.created(),
                good.expires(),
                good.capabilities(),
                new KeySet(keys)));
  }

  private static Refusal refusalOfCapabilities(List<String> names) {
    return Messages.refusalBy(() -> new Capabilities(names));
  }

  private static ListedKey ofTomorrow(int number) {
    return listed("TOMORROW-" + number, new byte[] {(byte) number});
  }

  private static ListedKey listed(String algorithm, byte[] data) {
    return new ListedKey(KeyId.of(algorithm, data), algorithm, data, Person.NOW, KeyStatus.ACTIVE);
  }
}
