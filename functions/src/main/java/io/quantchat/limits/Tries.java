package io.quantchat.limits;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import io.quantchat.http.Problem.Kind;
import io.quantchat.http.SourceAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Tries at passwords. Whoever guesses waits longer from try to try; whoever owns the account is
 * never shut out by guesses that others make from elsewhere.
 *
 * <p>Tries are counted for each account from each address. The first {@link Limit#TRIES} of a day
 * need no waiting; then each waits twice as long as the one before, to at most 5 minutes. Once an
 * account has had {@link Limit#WRONG_PASSWORDS} in a day, from everywhere together, only the first
 * try from each address needs no waiting, and the second one waits 30 s, later ones up to half an
 * hour: many addresses that guess at one account get a guess each, and its owner gets in with the
 * first. A right password clears what was counted from its address.
 *
 * <p>A try is counted before its password is looked at, so that of any number at once no more are
 * looked at than may be. The account need not exist, and nobody can tell by the waiting whether it
 * does.
 */
public final class Tries {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration FIRST_WAIT_UNDER_ATTACK = Duration.ofSeconds(30);
  static final Duration LONGEST_WAIT_UNDER_ATTACK = Duration.ofMinutes(30);

  private final Limits limits;
  private final LimitStore store;
  private final Clock clock;

  /** Tries counted in a host's table. */
  public static Tries of(Host host) {
    return new Tries(
        Limits.of(host),
        new LimitStore(host.dynamoDb(), host.get(Variable.LIMITS_TABLE)),
        host.clock());
  }

  Tries(Limits limits, LimitStore store, Clock clock) {
    this.limits = limits;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes a try. Two round trips before the password is looked at, or three of somebody who has to
   * wait; one after it.
   *
   * @param account what tells accounts apart, such as the canonical address that was typed
   * @param look looks at the password. It throws a problem of kind UNAUTHORIZED or FORBIDDEN if
   *     that is wrong, or if there is no such account
   * @return what looking at it gave
   * @throws Problem of kind TOO_MANY, with the time to wait; nothing is counted then of the account
   */
  public <T> T make(String account, SourceAddress from, Supplier<T> look) {
    begin(account, from);
    T found;
    try {
      found = look.get();
    } catch (Problem problem) {
      if (problem.kind() == Kind.UNAUTHORIZED || problem.kind() == Kind.FORBIDDEN) {
        failed(account);
      }
      throw problem;
    }
    succeeded(account, from);
    return found;
  }

  void begin(String account, SourceAddress from) {
    Future<Boolean> ofAddress = limits.begin(Limit.LOGINS_OF_ADDRESS, from.text(), 1);
    boolean isUnderAttack = isUnderAttack(account);
    Parallel.await(ofAddress);
    int free = isUnderAttack ? 1 : limits.most(Limit.TRIES);
    if (limits.most(Limit.TRIES) > 0) {
      count(pair(account, from), free, isUnderAttack);
    }
  }

  /** The password was right: what was counted from this address no longer counts. */
  void succeeded(String account, SourceAddress from) {
    if (limits.most(Limit.TRIES) > 0) {
      store.clear(Limit.TRIES, pair(account, from), Window.of(Limit.TRIES, clock.instant()));
    }
  }

  /** The password was wrong, or there is no such account. */
  void failed(String account) {
    limits.allows(Limit.WRONG_PASSWORDS, account, 1);
  }

  private boolean isUnderAttack(String account) {
    int most = limits.most(Limit.WRONG_PASSWORDS);
    return most > 0
        && store.used(
                Limit.WRONG_PASSWORDS, account, Window.of(Limit.WRONG_PASSWORDS, clock.instant()))
            >= most;
  }

  /** The last of those that are free already says how long the next one waits. */
  private void count(String pair, int free, boolean isUnderAttack) {
    Instant now = clock.instant();
    Window window = Window.of(Limit.TRIES, now);
    LimitStore.Waiting waiting = store.countFree(Limit.TRIES, pair, window, free - 1);
    if (waiting.isCounted()) {
      return;
    }
    Duration longest = isUnderAttack ? LONGEST_WAIT_UNDER_ATTACK : LONGEST_WAIT;
    Duration left = Duration.between(now, waiting.until());
    // A longer one was never said: the clock has been set back.
    if (left.isPositive() && left.compareTo(LONGEST_WAIT_UNDER_ATTACK) <= 0) {
      throw Limits.refusal(Limit.TRIES, free, 0, left);
    }
    long before = Math.max(0, waiting.used() + 1 - free);
    Duration next =
        isUnderAttack
            ? doubled(FIRST_WAIT_UNDER_ATTACK, before, longest)
            : doubled(FIRST_WAIT, before, longest);
    if (!store.countWaiting(Limit.TRIES, pair, window, waiting.used(), now.plus(next))) {
      throw Limits.refusal(Limit.TRIES, free, 0, next);
    }
  }

  private static Duration doubled(Duration first, long times, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(times, 20));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  private static String pair(String account, SourceAddress from) {
    return Limits.pair(from.text(), account);
  }
}
