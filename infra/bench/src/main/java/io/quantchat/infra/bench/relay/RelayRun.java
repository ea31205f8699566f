package io.quantchat.infra.bench.relay;

import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.database.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One benchmark of one running instance. */
final class RelayRun {

  /** Of messages: more than any machine relays in the longest run. */
  private static final int CAPACITY = 1 << 21;

  /** The share of the highest throughput that an open loop may ask for: no queue builds up. */
  private static final double SUSTAINABLE = 0.7;

  private final RunningInstance instance;
  private final Database beside;
  private final Plan plan;
  private final MessageLog log = new MessageLog(CAPACITY);
  private final List<Double> puts = new ArrayList<>();
  private final List<Double> relayed = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private final List<long[]> closedLatencies = new ArrayList<>();
  private final List<long[]> openLatencies = new ArrayList<>();

  /**
   * @param beside an empty database that stores as the instance does; closed by the run
   */
  RelayRun(RunningInstance instance, Database beside, Plan plan) {
    this.instance = instance;
    this.beside = beside;
    this.plan = plan;
  }

  /**
   * @param storage what to call it in the result
   */
  StorageResult run(String storage) throws IOException {
    SplittableRandom random = new SplittableRandom();
    MessageIds ids = new MessageIds(random.nextInt());
    try (Pairs pairs = Pairs.meet(instance, plan.clients(), log, ids, random);
        BarePuts bare = new BarePuts(beside, plan.clients())) {
      double warm = closedLoop(pairs, plan.warmUp());
      bare.perSecond(plan.barePuts());
      closedLatencies.clear();
      cpu.clear();
      double rate = Math.min(plan.rate(), Math.max(1, warm * SUSTAINABLE));
      for (int round = 0; round < Plan.ROUNDS; round++) {
        puts.add(bare.perSecond(plan.barePuts()));
        relayed.add(closedLoop(pairs, plan.closedLoop()));
        openLoop(pairs, rate);
      }
      int pending = pairs.countPending();
      return new StorageResult(
          storage,
          Spread.of(relayed),
          Spread.of(puts),
          Spread.of(cpu),
          Latencies.of(closedLatencies.stream()),
          rate,
          Latencies.of(openLatencies.stream()),
          log.fate(),
          pending);
    }
  }

  /** Messages relayed a second, from the first send to the last answer. */
  private double closedLoop(Pairs pairs, Duration time) {
    int first = log.size();
    Duration cpuBefore = gatewayCpu();
    long began = System.nanoTime();
    pairs.sendUntil(began + time.toNanos());
    double seconds = (System.nanoTime() - began) / 1e9;
    pairs.drain(first);
    closedLatencies.add(log.latencies(first, log.size()));
    long delivered = log.delivered(first, log.size());
    cpu.add(gatewayCpu().minus(cpuBefore).toNanos() / 1e6 / Math.max(1, delivered));
    return delivered / seconds;
  }

  private Duration gatewayCpu() {
    return ProcessHandle.of(instance.process())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private void openLoop(Pairs pairs, double rate) {
    int first = log.size();
    pairs.sendAtRate(rate, plan.openLoop());
    pairs.drain(first);
    openLatencies.add(log.latencies(first, log.size()));
  }
}
