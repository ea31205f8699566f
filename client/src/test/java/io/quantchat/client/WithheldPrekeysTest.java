package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quantchat.client.model.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A directory that hands out no one-time prekeys though it has some. */
@ExtendWith(RelayExtension.class)
class WithheldPrekeysTest {

  /** In one go; the real directory has handed them out. */
  private static final int TAKEN = 5;

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

  @Test
  void theRecipientNoticesThatPrekeysAreWithheld() {
    withhold();

    Message sent = write("By the last-resort key.");
    cid.client.sync();

    Person.Withheld told = cid.await(Person.Withheld.class, any -> true);
    assertThat(told.message().id()).isEqualTo(sent.id());
    assertThat(told.onOffer()).isEqualTo(Person.BATCH - TAKEN);
    assertThat(cid.client.conversation(ann.id()).getFirst().details())
        .containsEntry("mode", "spk+kem")
        .containsEntry(Message.ON_OFFER, Person.BATCH - TAKEN);
  }

  @Test
  void overTheSocketItIsNoticedToo() {
    withhold();
    cid.connect();

    write("Pushed.");

    assertThat(cid.await(Person.Withheld.class, any -> true).onOffer())
        .isBetween((long) Person.BATCH - TAKEN, (long) Person.BATCH);
  }

  @Test
  void nothingIsSaidWherePrekeysWereUsedUp() {
    relay.keys.drain(cid.id(), ann.id());
    write("There are none.");

    cid.client.sync();

    assertThat(cid.textsWith(ann)).containsExactly("There are none.");
    assertThat(cid.wasTold(Person.Withheld.class)).isFalse();
  }

  @Test
  void nothingIsSaidOfWhatWasWrittenBeforeMoreWereUploaded() {
    relay.keys.drain(cid.id(), ann.id());
    write("There are none.");
    relay.cutOff("/relay/pending");
    Throwable _ = catchThrowable(() -> cid.client.sync());
    relay.restore();
    assertThat(relay.keys.stockOf(cid.id())).isEqualTo(Person.BATCH);

    cid.client.sync();

    assertThat(cid.textsWith(ann)).containsExactly("There are none.");
    assertThat(cid.wasTold(Person.Withheld.class)).isFalse();
  }

  @Test
  void whereTheDirectoryCannotBeAskedNothingIsSaidAndNothingIsLost() {
    withhold();
    write("Hello.");
    relay.cutOff("/keys/prekeys/count");

    cid.client.sync();

    assertThat(cid.textsWith(ann)).containsExactly("Hello.");
    assertThat(cid.wasTold(Person.Withheld.class)).isFalse();
  }

  private void withhold() {
    relay.tamper(
        "/keys/" + cid.id(), Tampering.of(answer -> answer.replace(Tampering.PREKEYS, List.of())));
  }

  private Message write(String text) {
    Message sent = ann.client.send(cid.id(), text);
    assertThat(ann.client.sync()).isTrue();
    return sent;
  }
}
