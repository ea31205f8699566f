package io.quantchat.cli.agent;

import java.util.Optional;

/**
 * On which terms a program holds an account for others.
 *
 * @param lease how long; nothing where it ends otherwise
 * @param end has it end; nothing where only who sits before it can
 */
public record Terms(Optional<Lease> lease, Optional<Runnable> end) {

  boolean areOver() {
    return lease.filter(Lease::isOver).isPresent();
  }
}
