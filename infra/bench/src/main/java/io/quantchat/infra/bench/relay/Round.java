package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.checkout.Checkout;
import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Latencies;
import io.quantchat.infra.bench.load.Load;
import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.load.Queue;
import io.quantchat.infra.bench.load.Service;
import io.quantchat.infra.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** All that is measured of one subject in one round, each on a start of its own. */
final class Round {

  /** One thing that is measured. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private final Plan plan;
  private final Subject subject;
  private final Series series;

  private final Optional<Filled> filled;

  /**
   * @param series what is measured is added to it
   * @param filled the folder that is opened; empty where opening isn't measured
   */
  Round(Plan plan, Subject subject, Series series, Optional<Filled> filled) {
    this.plan = plan;
    this.subject = subject;
    this.series = series;
    this.filled = filled;
  }

  /** What fails is noted, and the rest measured all the same: others have taken hours by then. */
  void measure() {
    for (Storage storage : Storage.values()) {
      if (plan.hasLoad() && subject.has(Measurement.START, storage)) {
        attempt("load " + storage.inWords(), () -> series.loaded().add(load(storage)));
      }
      if (asks(Measurement.IDLE, storage)) {
        attempt("idle sockets", () -> idle(storage));
      }
      if (asks(Measurement.QUEUE, storage)) {
        attempt("queue", () -> queue(storage));
      }
      if (asks(Measurement.OPENING, storage)) {
        attempt("opening", () -> open(filled.orElseThrow()));
      }
      if (asks(Measurement.PUTS, storage)) {
        attempt("puts " + storage.inWords(), () -> putAlone(storage));
      }
    }
  }

  private void attempt(String what, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException failed) {
      String sentence = "%s of %s failed: %s".formatted(what, subject.name(), failed);
      System.err.println(sentence);
      series.failures().add(sentence);
    }
  }

  private void idle(Storage storage) throws IOException {
    try (Service service = subject.start(storage)) {
      series.idle().add(Idle.of(service, plan.sockets()));
    }
  }

  private void queue(Storage storage) throws IOException {
    try (Service service = subject.start(storage)) {
      series.queues().add(Queue.of(service, plan.clients(), plan.queue(), plan.longestFilling()));
    }
  }

  /** Half of the time warms up. */
  private void putAlone(Storage storage) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-bench").toRealPath();
    try (EmbeddedDatabase database =
            storage == Storage.MEMORY
                ? EmbeddedDatabase.inMemory()
                : EmbeddedDatabase.onDisk(folder.resolve("tables"));
        DynamoDbClient client = database.client()) {
      BarePuts puts = new BarePuts(client, plan.clients());
      puts.perSecond(plan.steadyLoad().dividedBy(2));
      series.puts().add(new Puts(storage, puts.perSecond(plan.steadyLoad().dividedBy(2))));
    } finally {
      Checkout.delete(folder);
    }
  }

  /** What is filled in one round is opened in all. */
  private void open(Filled filled) throws IOException {
    try (Service service = subject.open(filled.data())) {
      series
          .openings()
          .add(new Opening(filled.bytes(), filled.rows(), filled.seconds(), service.ready()));
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
