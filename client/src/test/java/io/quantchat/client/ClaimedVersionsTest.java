package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeyAlgorithm;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SignedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that claims of somebody's own bundle what nobody has signed, or nobody else could. */
@ExtendWith(RelayExtension.class)
class ClaimedVersionsTest {

  private static final long LARGEST = (1L << 53) - 1;

  private final SecureRandom random = new SecureRandom();
  private TestRelay relay;
  private Person ann;
  private Person cid;

  @BeforeEach
  void join(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = resident;
    cid = Person.registered(relay, folder, "cid");
  }

  @AfterEach
  void leave() {
    relay.restore();
    cid.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 70_000, LARGEST - 1, LARGEST})
  void aVersionThatNobodySignedIsNotBelieved(long claimed) {
    missAVersion();
    claim(Tampering.ofBundle(bundle -> bundle.put("bundle_version", claimed)));

    cid.client.sync();

    assertThat(failure()).isEqualTo(Refusal.BAD_SIGNATURE);
    assertThatAllIsWell();
  }

  @ParameterizedTest
  @ValueSource(longs = {70_000, LARGEST - 1, LARGEST})
  void aVersionOutOfBoundsIsNotBelievedOfAnotherIdentity(long claimed) {
    missAVersion();
    claim(Tampering.toBundle(ofAnother(claimed).toMap()));

    cid.client.sync();

    assertThat(failure()).isEqualTo(Refusal.UNEXPECTED);
    assertThatAllIsWell();
  }

  @ParameterizedTest
  @ValueSource(longs = {LARGEST - 1, LARGEST})
  void aStoreWithoutKeysIsNotTalkedIntoAVersionEither(long claimed) throws IOException {
    claim(Tampering.toBundle(ofAnother(claimed).toMap()));
    cid.close();
    Files.delete(cid.file);
    cid.start(step -> {});

    assertThatThrownBy(() -> cid.login())
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.UNEXPECTED));

    assertThatAllIsWell();
  }

  @Test
  void aStoreThatWasTalkedIntoTheLastVersionHealsByItself() {
    cid.close();
    cid.inStore(
        store -> {
          try (IdentityKeys identity = store.account().identity().orElseThrow()) {
            Bundle last = store.ownBundles().latest().orElseThrow().bundle();
            store.ownBundles().keep(signed(last, LARGEST, identity));
            store.ownBundles().published(LARGEST);
            return last;
          }
        });
    cid.start(step -> {});

    assertThatAllIsWell();
    cid.client.rotateKeys();
    assertThat(versionThere()).isEqualTo(2);
  }

  @Test
  void aStoreThatHasNoOtherVersionHealsToo() {
    cid.close();
    SignedBundle spoilt =
        cid.inStore(
            store -> {
              try (IdentityKeys identity = store.account().identity().orElseThrow()) {
                Bundle last = store.ownBundles().latest().orElseThrow().bundle();
                SignedBundle bundle = signed(last, LARGEST, identity);
                store.ownBundles().keep(signed(last, last.version(), identity));
                store.ownBundles().keep(bundle);
                store.ownBundles().dropUnpublishedAbove(0);
                return bundle;
              }
            });
    cid.start(step -> {});
    claim(Tampering.toBundle(spoilt.toMap()));
    cid.client.sync();

    assertThatAllIsWell();
    assertThat(versionThere()).isBetween(1L, 1L << 33);
  }

  /** The next version of the store is two higher than the directory's. */
  private void missAVersion() {
    cid.close();
    cid.inStore(
        store -> {
          try (IdentityKeys identity = store.account().identity().orElseThrow()) {
            Bundle last = store.ownBundles().latest().orElseThrow().bundle();
            store.ownBundles().keep(signed(last, last.version() + 2, identity));
            return last;
          }
        });
    cid.start(step -> {});
  }

  private SignedBundle signed(Bundle like, long version, IdentityKeys identity) {
    return SignedBundle.sign(
        new Bundle(
            like.userId(),
            version,
            like.created(),
            like.expires(),
            like.capabilities(),
            like.keys()),
        identity,
        random);
  }

  private SignedBundle ofAnother(long version) {
    Bundle like = relay.keys.bundleOf(cid.id()).bundle();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (IdentityKeys other = IdentityKeys.generate(random)) {
      Stream<ListedKey> prekeys =
          Stream.of(KeyAlgorithm.ECDH_P256, KeyAlgorithm.ML_KEM_768)
              .flatMap(algorithm -> like.keys().primary(algorithm).stream());
      Stream<ListedKey> identity =
          Stream.of(other.ecdsa().publicKey(), other.mlDsa().publicKey())
              .map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE));
      return SignedBundle.sign(
          new Bundle(
              like.userId(),
              version,
              now,
              now.plus(Bundle.LONGEST_LIFE),
              like.capabilities(),
              new KeySet(Stream.concat(identity, prekeys).toList())),
          other,
          random);
    }
  }

  private void claim(UnaryOperator<String> lie) {
    relay.tamper("/keys/" + cid.id() + "/bundle", lie);
  }

  private Refusal failure() {
    return ((RefusedException) cid.nextFailure()).refusal();
  }

  private long versionThere() {
    return relay.keys.bundleOf(cid.id()).bundle().version();
  }

  private void assertThatAllIsWell() {
    relay.restore();
    cid.client.login(cid.email, Person.passphrase());
    assertThat(cid.client.sync()).isTrue();
    assertThat(cid.client.ownBundle().orElseThrow().bundle().version()).isEqualTo(versionThere());
    ann.client.send(cid.id(), "Hello.");
    assertThat(ann.client.sync()).isTrue();
    assertThat(cid.client.sync()).isTrue();
    assertThat(cid.textsWith(ann)).containsExactly("Hello.");
    assertThat(cid.client.quarantine()).isEmpty();
  }
}
