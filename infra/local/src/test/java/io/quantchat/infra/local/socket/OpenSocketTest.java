package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.junit.jupiter.api.Test;

class OpenSocketTest {

  private static final Client CLIENT =
      new Client("XkQ2adVyoAMCJ3w=", 0, "localhost", "127.0.0.1", Optional.empty(), Map.of());

  /** A session that counts how many frames it was asked for, and how often it was to be cut. */
  private static final class CountingSession extends CoreSession.Empty {
    private int demands;
    private int aborts;

    @Override
    public void demand() {
      demands++;
    }

    @Override
    public void abort() {
      aborts++;
    }
  }

  private static final class Unanswered implements OpenSocket.Listener {
    private final List<Runnable> answers = new ArrayList<>();

    @Override
    public void onMessage(OpenSocket socket, String text, Runnable answered) {
      answers.add(answered);
    }

    @Override
    public void onEnd(OpenSocket socket, CloseReason reason) {}
  }

  private final CountingSession session = new CountingSession();
  private final Unanswered functions = new Unanswered();
  private final MovableTimers time = new MovableTimers();
  private final OpenSocket socket =
      new OpenSocket(
          CLIENT, SocketLimits.AWS.withMessagesInFlight(2), Clock.systemUTC(), time, functions);

  @Test
  void noFrameIsReadWhileTooManyMessagesAreInFlight() {
    socket.onOpen(session, Callback.NOOP);
    receive("first");
    assertThat(session.demands).isEqualTo(2);

    receive("second");
    assertThat(session.demands).isEqualTo(2);

    functions.answers.removeFirst().run();
    assertThat(session.demands).isEqualTo(3);

    functions.answers.removeFirst().run();
    assertThat(session.demands).isEqualTo(3);
  }

  @Test
  void aClientThatDoesNotAnswerTheCloseFrameIsCutOffWhenItsTimeIsOver() {
    socket.onOpen(session, Callback.NOOP);
    socket.close(CloseReason.DELETED);

    time.pass(SocketLimits.AWS.closeGrace().minusNanos(1));
    assertThat(session.aborts).isZero();

    time.pass(Duration.ofNanos(1));
    assertThat(session.aborts).isEqualTo(1);
  }

  private void receive(String text) {
    socket.onFrame(new Frame(OpCode.TEXT, text), Callback.NOOP);
  }
}
