package io.quantchat.infra.local;

import java.time.Duration;

/**
 * How long tests wait for what must come. No machine is so slow: it only lets a test end that waits
 * in vain.
 */
public final class Patience {

  public static final Duration LONGEST = Duration.ofMinutes(5);

  private Patience() {}
}
