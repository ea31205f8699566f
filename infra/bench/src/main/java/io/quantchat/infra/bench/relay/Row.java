package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Latencies;
import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.load.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A line of the table.
 *
 * @param format of one figure
 */
record Row(String name, String format, Function<Series, DoubleStream> figures) {

  private static final double MEBIBYTE = 1 << 20;

  Figures of(Series series) {
    return Figures.of(figures.apply(series));
  }

  /** All that there may be. */
  static List<Row> all(Plan plan) {
    List<Row> rows = new ArrayList<>();
    for (Storage storage : Storage.values()) {
      rows.addAll(load(storage, plan));
      rows.add(
          new Row(
              "bare puts a second, " + storage.inWords(),
              "%,.0f",
              series ->
                  series.puts().stream()
                      .filter(each -> each.storage() == storage)
                      .mapToDouble(Puts::perSecond)));
    }
    rows.addAll(idle());
    rows.addAll(queue());
    rows.addAll(opening());
    return rows;
  }

  private static List<Row> load(Storage storage, Plan plan) {
    String where = ", " + storage.inWords();
    return List.of(
        new Row("ready, s" + where, "%.2f", series -> loaded(series, storage, Loaded::ready)),
        first(
            "messages a second, first %d s".formatted(plan.first()),
            where,
            storage,
            "%,.0f",
            Relayed::rate),
        first("CPU of each of them, ms", where, storage, "%.2f", Relayed::processorEach),
        steady("messages a second, steady", where, storage, "%,.0f", Relayed::rate),
        steady("CPU of each of them, ms, steady", where, storage, "%.2f", Relayed::processorEach),
        steady("the load's part of all CPU", where, storage, "%.2f", Relayed::loadShare),
        new Row(
            "open loop at, messages a second" + where,
            "%,.0f",
            series -> open(series, storage).mapToDouble(Loaded.OpenLoop::rate)),
        latency("p50", where, storage, Latencies::p50),
        latency("p99", where, storage, Latencies::p99),
        latency("max", where, storage, Latencies::max),
        new Row(
            "refused" + where,
            "%.0f",
            series -> loaded(series, storage, each -> each.fate().refused())),
        new Row(
            "**lost**" + where,
            "%.0f",
            series -> loaded(series, storage, each -> each.fate().lost())));
  }

  private static List<Row> idle() {
    return List.of(
        new Row("idle sockets", "%,.0f", series -> idle(series, each -> each.open())),
        new Row(
            "memory with them, MiB",
            "%,.0f",
            series -> idle(series, each -> each.resident() / MEBIBYTE)),
        new Row(
            "memory before, MiB",
            "%,.0f",
            series -> idle(series, each -> each.before() / MEBIBYTE)));
  }

  private static DoubleStream idle(Series series, ToDoubleFunction<Idle> figure) {
    return series.idle().stream().mapToDouble(figure);
  }

  private static List<Row> queue() {
    return List.of(
        new Row(
            "messages a second to somebody away, on disk",
            "%,.0f",
            series -> series.queues().stream().mapToDouble(Queue::kept)),
        new Row(
            "length of that queue",
            "%,.0f",
            series -> series.queues().stream().mapToDouble(Queue::messages)),
        new Row(
            "drained, messages a second",
            "%,.0f",
            series -> series.queues().stream().mapToDouble(Queue::handedOver)),
        new Row(
            "**lost** from the queue",
            "%.0f",
            series -> series.queues().stream().mapToDouble(Queue::lost)));
  }

  private static List<Row> opening() {
    return List.of(
        new Row(
            "data opened, GB",
            "%.2f",
            series -> series.openings().stream().mapToDouble(each -> each.bytes() / 1e9)),
        new Row(
            "ready on them, s",
            "%.2f",
            series -> series.openings().stream().mapToDouble(Opening::ready)),
        new Row(
            "writing them took, s",
            "%.0f",
            series -> series.openings().stream().mapToDouble(Opening::filling)));
  }

  private static Row first(
      String name, String where, Storage storage, String format, ToDoubleFunction<Relayed> figure) {
    return new Row(
        name + where,
        format,
        series -> of(series, storage).flatMap(each -> each.first().stream()).mapToDouble(figure));
  }

  private static Row steady(
      String name, String where, Storage storage, String format, ToDoubleFunction<Relayed> figure) {
    return new Row(
        name + where,
        format,
        series -> of(series, storage).flatMap(each -> each.steady().stream()).mapToDouble(figure));
  }

  private static Row latency(
      String name, String where, Storage storage, ToDoubleFunction<Latencies> figure) {
    return new Row(
        "open loop, " + name + ", ms" + where,
        "%.1f",
        series ->
            open(series, storage).mapToDouble(each -> figure.applyAsDouble(each.latencies())));
  }

  private static Stream<Loaded> of(Series series, Storage storage) {
    return series.loaded().stream().filter(each -> each.storage() == storage);
  }

  private static Stream<Loaded.OpenLoop> open(Series series, Storage storage) {
    return of(series, storage).flatMap(each -> each.openLoop().stream());
  }

  private static DoubleStream loaded(
      Series series, Storage storage, ToDoubleFunction<Loaded> figure) {
    return of(series, storage).mapToDouble(figure);
  }
}
