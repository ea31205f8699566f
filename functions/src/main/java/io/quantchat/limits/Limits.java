package io.quantchat.limits;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import io.quantchat.http.RateLimit;
import io.quantchat.http.RestRoutes.Open;
import io.quantchat.http.RestRoutes.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Counts what is done against each {@link Limit}, in fixed windows of time: at most twice a limit
 * may fall into one window's length, half of it on each side of a border.
 *
 * <p>An exact limit takes one write for each use, and is exact under any number of calls at once. A
 * sampled one takes one write for many uses, and lets through at most {@code step - 1} uses too
 * many for each environment that counts; once an environment knows that a subject has used up its
 * window, it asks nobody again until that ends.
 */
public final class Limits {

  private final LimitStore store;
  private final Settings settings;
  private final Samples samples;
  private final Metrics metrics;
  private final Clock clock;

  /** Limits counted in a host's table. */
  public static Limits of(Host host) {
    return new Limits(
        new LimitStore(host.dynamoDb(), host.get(Variable.LIMITS_TABLE)),
        Settings.of(host.environment()),
        new Samples(host.random()::nextDouble),
        Metrics.of(host),
        host.clock());
  }

  Limits(LimitStore store, Settings settings, Samples samples, Metrics metrics, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.samples = samples;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** The name of two for a limit of {@link Limit.Per#PAIR}. */
  public static String pair(String doer, String to) {
    return doer + ">" + to;
  }

  /** Uses of one window, or how many at once, as the operator has it; 0 if the limit is off. */
  public int most(Limit limit) {
    return settings.most(limit);
  }

  /**
   * Counts uses of a limit, unless they are too many. At most one round trip.
   *
   * @param who whose limit it is, as the limit's {@link Limit.Per} says
   * @throws Problem of kind TOO_MANY, with the time that is left of the window; nothing is counted
   *     then
   */
  public void charge(Limit limit, String who, int uses) {
    settle(prepare(limit, who, uses));
  }

  /** Counts one use of each of these limits, all at once: see {@link #charge}. */
  public void chargeEach(String who, Limit... each) {
    List<Future<Boolean>> begun = Stream.of(each).map(limit -> begin(limit, who, 1)).toList();
    begun.forEach(Parallel::await);
  }

  /**
   * Counts uses of exact limits, all at once. If one refuses, what the others counted is given
   * back.
   *
   * @param uses how many of each
   * @throws Problem as {@link #charge}; nothing is counted then
   */
  public void chargeAll(String who, Map<Limit, Integer> uses) {
    var begun = new EnumMap<Limit, Future<Boolean>>(Limit.class);
    uses.forEach((limit, count) -> begun.put(limit, begin(limit, who, count)));
    var counted = new ArrayList<Limit>();
    RuntimeException refusal = null;
    for (Map.Entry<Limit, Future<Boolean>> one : begun.entrySet()) {
      try {
        Parallel.await(one.getValue());
        counted.add(one.getKey());
      } catch (RuntimeException refused) {
        refusal = refusal == null ? refused : refusal;
      }
    }
    if (refusal != null) {
      counted.forEach(limit -> giveBack(limit, who, uses.get(limit)));
      throw refusal;
    }
  }

  /** The route, with one use of the limit counted for each request of an account. */
  public SignedIn charging(Limit limit, SignedIn route) {
    return (request, caller) -> {
      charge(limit, caller.userId(), 1);
      return route.answer(request, caller);
    };
  }

  /** The route, with one use of the limit counted for each request from an address. */
  public Open chargingAddress(Limit limit, Open route) {
    return request -> {
      charge(limit, request.source().text(), 1);
      return route.answer(request);
    };
  }

  /**
   * Begins to {@link #charge}: nothing waits, and no thread is started where nothing is to be
   * written.
   *
   * @return to be awaited with {@link Parallel#await}, which throws what {@link #charge} throws
   */
  public Future<Boolean> begin(Limit limit, String who, int uses) {
    Charge charge = prepare(limit, who, uses);
    if (charge.due() > 0) {
      return Parallel.start(() -> settle(charge));
    }
    return charge.isRefused()
        ? CompletableFuture.failedFuture(tooMany(charge, 0))
        : CompletableFuture.completedFuture(true);
  }

  /**
   * Counts uses of a limit, unless they are too many. At most one round trip.
   *
   * @param who whose limit it is, as the limit's {@link Limit.Per} says
   * @return whether they are counted
   */
  public boolean allows(Limit limit, String who, int uses) {
    return verdictOn(prepare(limit, who, uses)).isLetThrough();
  }

  /**
   * What is counted of an account.
   *
   * @param limit the limit's name
   * @param until when its window ends
   */
  public record Count(String limit, long used, Instant until) {}

  /** What is counted of an account now, by the limits that are its own; nothing of what is zero. */
  public List<Count> countsOf(String userId) {
    Instant now = clock.instant();
    List<Limit> own =
        Arrays.stream(Limit.values())
            .filter(limit -> limit.per() == Limit.Per.ACCOUNT && limit.isWritten())
            .toList();
    return Parallel.map(own, limit -> countOf(limit, userId, Window.of(limit, now))).stream()
        .filter(count -> count.used() > 0)
        .toList();
  }

  private Count countOf(Limit limit, String userId, Window window) {
    return new Count(limit.policy(), store.used(limit, userId, window), window.end());
  }

  /**
   * Takes back what was counted of an exact limit and not used. One round trip. If the window has
   * ended meanwhile, there is nothing left to take it from.
   */
  public void giveBack(Limit limit, String who, int uses) {
    if (!limit.counting().isExact()) {
      throw new IllegalArgumentException(limit + " is sampled: what was counted isn't known");
    }
    if (most(limit) > 0) {
      store.giveBack(limit, who, Window.of(limit, clock.instant()), uses);
    }
  }

  /**
   * Uses that are about to be counted.
   *
   * @param due how many are to be written; none if the answer is known without
   * @param isRefused whether the answer is known, and is no
   */
  private record Charge(Limit limit, String who, Instant now, long due, boolean isRefused) {
    Window window() {
      return Window.of(limit, now);
    }
  }

  private Charge prepare(Limit limit, String who, int uses) {
    Instant now = clock.instant();
    if (most(limit) == 0) {
      return new Charge(limit, who, now, 0, false);
    }
    if (limit.counting().isExact()) {
      return new Charge(limit, who, now, uses, false);
    }
    return samples.isRefused(limit, who, Window.of(limit, now).number())
        ? new Charge(limit, who, now, 0, true)
        : new Charge(limit, who, now, samples.due(limit, who, uses), false);
  }

  private boolean settle(Charge charge) {
    Verdict verdict = verdictOn(charge);
    if (!verdict.isLetThrough()) {
      throw tooMany(charge, verdict.left());
    }
    return true;
  }

  private Verdict verdictOn(Charge charge) {
    if (charge.due() == 0) {
      return charge.isRefused() ? Verdict.refused(0) : Verdict.LET_THROUGH;
    }
    Limit limit = charge.limit();
    try {
      Verdict verdict =
          store.count(limit, charge.who(), charge.window(), charge.due(), most(limit));
      if (!verdict.isLetThrough() && !limit.counting().isExact()) {
        samples.refuse(limit, charge.who(), charge.window().number());
      }
      return verdict;
    } catch (SdkException failure) {
      if (limit.failing() == Limit.Failing.CLOSED) {
        throw failure;
      }
      metrics.count(Metrics.Metric.UNCOUNTED, 1);
      return Verdict.LET_THROUGH;
    }
  }

  private Problem tooMany(Charge charge, long left) {
    return refusal(
        charge.limit(),
        most(charge.limit()),
        left,
        Duration.between(charge.now(), charge.window().end()));
  }

  /** A 429 of this limit. */
  static Problem refusal(Limit limit, int most, long left, Duration wait) {
    var rate = new RateLimit(limit.policy(), most, limit.window(), left, wait);
    return Problem.tooMany(
        "That is too much for now (" + limit.policy() + "): wait " + words(wait) + ".", rate);
  }

  private static String words(Duration wait) {
    long seconds = wait.plusNanos(999_999_999).toSeconds();
    return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " minutes";
  }
}
