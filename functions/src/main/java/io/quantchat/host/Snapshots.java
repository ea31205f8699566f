package io.quantchat.host;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.security.SecureRandom;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * The work of a function before Lambda takes a snapshot of it (SnapStart), and when it wakes from
 * one. Many instances wake from one snapshot, at any time until weeks later.
 *
 * <p>Before: it rehearses its work, so that whoever wakes has its classes loaded, its code compiled
 * and its clients of AWS set up. What a rehearsal makes (keys, tokens, ids, what it has read) is
 * its own and ends with it; what answers requests is built before, and used only after. So no
 * instance shares a secret or an id with another, and none trusts what was read weeks ago. Clients
 * of AWS are shared: they keep no address, and fetch their credentials anew.
 *
 * <p>Outside of snapshots nothing happens here, and no class of CRaC is loaded.
 */
public final class Snapshots implements Resource {

  /** Work that is done before a snapshot. */
  @FunctionalInterface
  public interface Preparation {
    void run() throws Exception;
  }

  /**
   * How often a rehearsal is played. Once loads the classes; the JVM compiles what was called some
   * hundred times.
   */
  private static final int ROUNDS = 20;

  /** The runtime knows its hooks by weak references only. */
  private static final List<Snapshots> HOOKS = new CopyOnWriteArrayList<>();

  private static final AtomicInteger RESTORES = new AtomicInteger();

  private final Preparation preparation;
  private final SecureRandom random;

  Snapshots(Preparation preparation, SecureRandom random) {
    this.preparation = preparation;
    this.random = random;
  }

  /**
   * Prepares for snapshots where Lambda takes them.
   *
   * @param random what the function will draw from
   */
  public static void prepare(
      Environment environment, SecureRandom random, Preparation preparation) {
    if (environment.takesSnapshots()) {
      forgetAddresses();
      var hook = new Snapshots(preparation, random);
      HOOKS.add(hook);
      Core.getGlobalContext().register(hook);
    }
  }

  /**
   * The JVM keeps addresses for 30 s: those of a rehearsal would be good again when the clock
   * stands still in a snapshot. Lambda keeps them itself (Lambda Developer Guide, "Networking best
   * practices" of SnapStart). Read by the JDK when it first looks a name up.
   */
  private static void forgetAddresses() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  /** How often this process has woken; whoever keeps something until then compares. */
  static int restores() {
    return RESTORES.get();
  }

  /** What is to run before a snapshot of this process, and when it wakes. */
  static List<Snapshots> hooks() {
    return List.copyOf(HOOKS);
  }

  /** Never throws: a function that could not rehearse wakes more slowly, and does all it should. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        preparation.run();
      }
    } catch (Throwable failure) {
      LambdaRuntime.getLogger().log("Not rehearsed before the snapshot, wakes slowly: " + failure);
    }
  }

  /**
   * Stirs in randomness of this instance's own. The JDK draws from {@code /dev/urandom}, which
   * Lambda makes differ between instances (Lambda Developer Guide, "Handling uniqueness with
   * SnapStart"), but through a buffer and a generator that are in the snapshot.
   */
  @Override
  public void afterRestore(Context<? extends Resource> context) {
    RESTORES.incrementAndGet();
    random.setSeed(random.generateSeed(32));
  }
}
