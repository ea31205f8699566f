package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.RunnerProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay that is stopped in order, and runs again at the same place. */
class RestartedRelayTest {

  @Test
  void clientsComeBackByThemselvesAndNothingIsLost(@TempDir Path data) throws Exception {
    int port = RunnerProcess.portToComeBackTo();
    RunnerProcess runner = RunnerProcess.onDisk(data, port, List.of());
    try (var relay = new TestRelay(runner.instance());
        TwoPeople people = TwoPeople.registered(relay)) {
      Person ann = people.ann();
      Person ben = people.ben();
      ann.client.addContact(ben.email);
      ben.client.addContact(ann.email);
      ann.connect();
      ben.connect();
      ann.client.send(ben.id(), "before");
      Person.awaitUntil(() -> ben.textsWith(ann).equals(List.of("before")));

      runner.close();
      ben.await(Person.Connection.class, connection -> !connection.open());
      ann.client.send(ben.id(), "meanwhile");
      runner = RunnerProcess.onDisk(data, port, List.of());

      ben.await(Person.Connection.class, Person.Connection::open);
      Person.awaitUntil(() -> ben.textsWith(ann).equals(List.of("before", "meanwhile")));
      ben.client.send(ann.id(), "after");
      Person.awaitUntil(() -> ann.textsWith(ben).equals(List.of("before", "meanwhile", "after")));
      assertThat(ann.textsWith(ben)).hasSize(3);
    } finally {
      runner.close();
    }
  }
}
