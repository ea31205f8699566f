package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who didn't get the answer to a send asks again. */
@ExtendWith(RelayExtension.class)
class RequestsTest {

  @Test
  void aRequestMadeAgainByTheNextProgramWritesNothingTwice(TwoPeople people) {
    Person ann = people.ann();
    Person ben = people.ben();
    UUID request = UUID.randomUUID();
    Message first = ann.client.sendOnce(request, ben.id(), "Once.");
    ann.client.close();
    ann.start(step -> {});

    assertThat(ann.client.sendOnce(request, ben.id(), "Once.").id()).isEqualTo(first.id());
    ann.client.sync();
    Message after = ann.client.sendOnce(request, ben.id(), "Once.");
    Message other = ann.client.sendOnce(UUID.randomUUID(), ben.id(), "Once.");
    ann.client.sync();
    ben.client.sync();

    assertThat(after.state()).isEqualTo(MessageState.SENT);
    assertThat(ben.client.conversation(ann.id()))
        .extracting(Message::id)
        .containsExactly(first.id(), other.id());
  }

  @Test
  void aRequestIsKnownByTheNewIdOfItsMessage(@TempDir Path folder) {
    UUID self = UUID.randomUUID();
    UUID request = UUID.randomUUID();
    UUID next = UUID.randomUUID();
    var message =
        new Message(
            UUID.randomUUID(),
            self,
            UUID.randomUUID(),
            Instant.EPOCH,
            MessageState.SENDING,
            "Once.",
            Map.of());
    try (LocalStore store =
        LocalStore.open(
            folder.resolve("ann.db"),
            Person.passphrase(),
            new Argon2Cost(64, 1, 1),
            new SecureRandom())) {
      store.messages().add(message);
      store.requests().keep(request, message.id());

      store.reissue(self, message.id(), next, Instant.EPOCH);

      assertThat(store.requests().message(request)).contains(next);
    }
  }
}
