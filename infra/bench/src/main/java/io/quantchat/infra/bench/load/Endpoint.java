package io.quantchat.infra.bench.load;

import io.quantchat.infra.local.RunningInstance;
import java.net.URI;

/**
 * Where an instance answers.
 *
 * @param process the id of the process that serves
 */
public record Endpoint(URI restUrl, URI socketUrl, long process) {

  /** A running instance's. */
  public static Endpoint of(RunningInstance instance) {
    return new Endpoint(instance.restUrl(), instance.socketUrl(), instance.process());
  }
}
