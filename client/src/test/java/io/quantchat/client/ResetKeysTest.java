package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.SignedBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** All prekeys are taken back, as after a theft. */
@ExtendWith(RelayExtension.class)
class ResetKeysTest {

  private TestRelay relay;
  private Person ann;
  private Person cid;
  private Set<String> before;

  @BeforeEach
  void join(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = resident;
    cid = Person.registered(relay, folder, "cid");
    ann.client.send(cid.id(), "First contact.");
    ann.client.sync();
    cid.client.sync();
    before = prekeys(relay.keys.bundleOf(cid.id()));
  }

  @AfterEach
  void leave() {
    relay.restore();
    cid.close();
  }

  @Test
  void nothingOfTheOldKeysIsLeftAndOthersSeeThemAsRevoked() {
    String number = cid.client.safetyNumber(ann.id()).digits();
    assertThat(relay.keys.stockOf(cid.id())).isLessThan(Person.BATCH);

    assertThat(cid.client.resetKeys()).isTrue();

    assertThatAllIsNew();
    assertThat(cid.client.safetyNumber(ann.id()).digits()).isEqualTo(number);
  }

  @Test
  void messagesOnTheirWayToTheOldKeysAreFetchedFirst() {
    ann.client.send(cid.id(), "On its way.");
    ann.client.sync();

    cid.client.resetKeys();

    assertThat(cid.textsWith(ann)).contains("On its way.");
  }

  @Test
  void aMessageToARevokedKeyIsRefusedForThatAndHindersNoOther() {
    ann.client.send(cid.id(), "Held up on its way.");
    ann.client.sync();
    relay.cutOff("/relay/pending");
    cid.client.resetKeys();
    relay.restore();
    cid.client.sync();

    assertThat(cid.client.quarantine())
        .extracting(Quarantined::reason)
        .containsExactly(Refusal.REVOKED_KEY.name());
    assertThat(cid.textsWith(ann)).doesNotContain("Held up on its way.");
    assertThatNewMessagesAreRead();
  }

  /** Who holds one-time prekeys of before lets go of them once it learns of those revoked. */
  @Test
  void nothingIsSentToOldOneTimePrekeysOnceTheNewBundleIsKnown() {
    cid.client.resetKeys();
    assertThat(ann.client.checkIdentity(cid.id())).isFalse();

    ann.client.send(cid.id(), "To the new keys.");
    assertThat(ann.client.sync()).isTrue();
    cid.client.sync();

    assertThat(cid.textsWith(ann)).contains("To the new keys.");
    assertThat(cid.client.quarantine()).isEmpty();
    assertThat(cid.client.conversation(ann.id()).getLast().details())
        .containsEntry("mode", "spk+opk+kem");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {
        "KEYS_WIPED",
        "BATCHES_WITHDRAWN",
        "BUNDLE_KEPT",
        "BUNDLE_PUBLISHED",
        "BATCH_KEPT",
        "BATCH_UPLOADED"
      })
  void whoDiesInBetweenGoesOnAfterwards(Step where) {
    cid.close();
    cid.start(dyingOnceAt(where));
    assertThatThrownBy(() -> cid.client.resetKeys()).isInstanceOf(Crash.class);
    cid.close();
    assertThat(cid.privateParts()).hasSizeLessThanOrEqualTo(2 + Person.BATCH);

    cid.start(step -> {});
    assertThat(cid.client.sync()).isTrue();

    assertThatAllIsNew();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/keys/prekeys", "/keys/bundle"})
  void anAnswerThatIsLostIsMadeUpFor(String path) {
    relay.loseAnswers(path);
    assertThatThrownBy(() -> cid.client.resetKeys()).isInstanceOf(ServerUnreachableException.class);
    relay.restore();

    assertThat(cid.client.sync()).isTrue();

    assertThatAllIsNew();
  }

  @Test
  void offlineThePrivatePartsAreGoneAtOnceAndTheRestFollows() {
    relay.cutOff("*");
    assertThatThrownBy(() -> cid.client.resetKeys()).isInstanceOf(ServerUnreachableException.class);
    cid.close();
    assertThat(cid.privateParts())
        .extracting(Person.PrivatePart::kind)
        .containsExactlyInAnyOrder("spk", "kem");
    relay.restore();
    cid.start(step -> {});

    assertThat(cid.client.sync()).isTrue();

    assertThatAllIsNew();
  }

  private void assertThatAllIsNew() {
    SignedBundle there = relay.keys.bundleOf(cid.id());
    assertThat(
            there.bundle().keys().keys().stream()
                .filter(key -> key.status() == KeyStatus.REVOKED)
                .map(key -> key.id().text()))
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(prekeys(there)).doesNotContainAnyElementsOf(before).hasSize(2);
    assertThat(cid.client.ownBundle().orElseThrow().toMap()).isEqualTo(there.toMap());
    assertThat(relay.keys.stockOf(cid.id())).isEqualTo(Person.BATCH);
    assertThatNewMessagesAreRead();
    cid.close();
    assertThat(cid.privateParts()).hasSizeLessThanOrEqualTo(2 + Person.BATCH);
    cid.start(step -> {});
  }

  private void assertThatNewMessagesAreRead() {
    boolean _ = ann.client.checkIdentity(cid.id());
    ann.client.send(cid.id(), "Afterwards.");
    assertThat(ann.client.sync()).isTrue();
    cid.client.sync();
    assertThat(cid.textsWith(ann)).contains("Afterwards.");
  }

  /** The prekeys of a bundle that are to be used. */
  private static Set<String> prekeys(SignedBundle signed) {
    List<ListedKey> keys = new ArrayList<>(signed.bundle().keys().keys());
    keys.removeIf(key -> key.status() != KeyStatus.ACTIVE || key.algorithm().contains("DSA"));
    return keys.stream().map(key -> key.id().text()).collect(Collectors.toSet());
  }

  private static Consumer<Step> dyingOnceAt(Step where) {
    var died = new AtomicBoolean();
    return step -> {
      if (step == where && !died.getAndSet(true)) {
        throw new Crash();
      }
    };
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
