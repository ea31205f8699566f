package io.quantchat.rehearsal;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Host;
import io.quantchat.host.Snapshots;
import java.io.IOException;
import java.util.function.Function;

/**
 * A walk through what a function does. It is given a stage and nothing behind it: it can't write,
 * whatever it does.
 */
@FunctionalInterface
public interface Rehearsal {

  /** Plays it once. */
  void play(RehearsalStage stage) throws IOException;

  /**
   * The host that Lambda gives. Before Lambda takes a snapshot of the function that is built on it,
   * another of the same kind is built on a stage and rehearsed.
   */
  static Host onLambda(Function<Host, RequestStreamHandler> function, Rehearsal rehearsal) {
    Host host = Host.ofLambda();
    Snapshots.prepare(
        host.environment(),
        host.random(),
        () -> rehearsal.play(new RehearsalStage(host, function)));
    return host;
  }
}
