package io.quantchat.infra.demo;

import java.time.Duration;

/**
 * How long what must come may take. A machine that is slow differs in nothing; one that hangs does.
 */
final class Patience {

  static final Duration LONGEST = Duration.ofMinutes(5);

  private Patience() {}
}
