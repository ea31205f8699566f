package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Latencies;
import io.quantchat.infra.bench.load.Load;
import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.load.Queue;
import io.quantchat.infra.bench.load.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All that is measured of one subject in one round, each on a start of its own. */
final class Round {

  private final Plan plan;
  private final Subject subject;
  private final Series series;

  /**
   * @param series what is measured is added to it
   */
  Round(Plan plan, Subject subject, Series series) {
    this.plan = plan;
    this.subject = subject;
    this.series = series;
  }

  void measure() throws IOException {
    for (Storage storage : Storage.values()) {
      if (plan.hasLoad() && subject.has(Measurement.START, storage)) {
        series.loaded().add(load(storage));
      }
      if (asks(Measurement.IDLE, storage)) {
        try (Service service = subject.start(storage)) {
          series.idle().add(Idle.of(service, plan.sockets()));
        }
      }
      if (asks(Measurement.QUEUE, storage)) {
        try (Service service = subject.start(storage)) {
          series
              .queues()
              .add(Queue.of(service, plan.clients(), plan.queue(), plan.longestFilling()));
        }
      }
    }
  }

  private boolean asks(Measurement measurement, Storage storage) {
    return plan.has(measurement) && subject.has(measurement, storage);
  }

  private Loaded load(Storage storage) throws IOException {
    try (Service service = subject.start(storage);
        Load load = Load.meet(service, plan.clients())) {
      List<Relayed> first = new ArrayList<>();
      List<Relayed> steady = new ArrayList<>();
      List<Loaded.OpenLoop> openLoop = new ArrayList<>();
      if (plan.has(Measurement.START)) {
        first.add(load.asFastAsAnswered(plan.firstLoad()));
      }
      if (plan.hasSteady()) {
        load.asFastAsAnswered(plan.warmingUp());
        steady.add(load.asFastAsAnswered(plan.steadyLoad()));
      }
      if (plan.has(Measurement.OPEN_LOOP)) {
        double rate = plan.openRate(steady.getFirst().rate());
        Latencies latencies = load.atRate(rate, plan.steadyLoad());
        openLoop.add(new Loaded.OpenLoop(rate, latencies));
      }
      return new Loaded(storage, service.ready(), first, steady, openLoop, load.fate());
    }
  }
}
