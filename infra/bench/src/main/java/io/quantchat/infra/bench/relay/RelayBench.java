package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.checkout.Checkout;
import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.ProcessUse;
import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.xmpp.Prosody;
import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.terminal.Typed;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./quantchat bench relay}: prints how fast the relay is on this machine. */
@Command(
    name = "relay",
    description = "How many messages a second one machine relays, and how fast they arrive.",
    separator = " ")
public final class RelayBench implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private final PrintStream out;

  @Mixin private final RelayOptions options = new RelayOptions();

  public RelayBench(PrintStream out) {
    this.out = out;
  }

  /** Answers 0 if all was measured and nothing was lost, else 1. */
  @Override
  public Integer call() throws IOException {
    Plan plan = options.plan();
    requireFiles(plan);
    if (RunningInstance.read(RunningInstance.file()).isPresent()) {
      throw Typed.unusable(
          spec, "An instance runs here, and would be measured with the others: stop it first.");
    }
    Path home = Path.of(System.getProperty("quantchat.home", "."));
    List<Checkout> checkouts = new ArrayList<>();
    try {
      for (String each : options.against()) {
        checkouts.add(against(home, each));
      }
      Report report = report(plan, checkouts, Checkout.of("working tree", home));
      out.print(options.json() ? report.toJson() + "\n" : report.toMarkdown());
      return report.all().stream().allMatch(Series::isSound) ? 0 : 1;
    } finally {
      for (Checkout checkout : checkouts) {
        checkout.close();
      }
    }
  }

  /** The load has as many sockets open as the server. */
  private void requireFiles(Plan plan) {
    long needed = Idle.filesFor(plan.sockets());
    long most = ProcessUse.mostFiles();
    if (plan.has(Measurement.IDLE) && most < needed) {
      throw Typed.unusable(
          spec,
          "%,d sockets need %,d open files, and this shell allows %,d: raise it with `ulimit -n %d`, or ask for fewer with --sockets."
              .formatted(plan.sockets(), needed, most, needed));
    }
  }

  private Checkout against(Path home, String commitOrFolder) throws IOException {
    try {
      return Checkout.against(home, commitOrFolder);
    } catch (IllegalArgumentException noCommit) {
      throw Typed.unusable(spec, noCommit.getMessage());
    }
  }

  private Report report(Plan plan, List<Checkout> others, Checkout here) throws IOException {
    List<Subject> subjects = new ArrayList<>();
    List<String> notes = new ArrayList<>(Notes.ALWAYS);
    others.forEach(each -> subjects.add(new CheckoutSubject(each, false)));
    prosody(plan, notes).ifPresent(subjects::add);
    subjects.add(new CheckoutSubject(here, true));
    subjects.forEach(each -> each.reservation().ifPresent(notes::add));
    if (plan.has(Measurement.IDLE)) {
      notes.add(
          "A process may have %,d files open here; each of the relay's idle accounts has up to 50 sockets."
              .formatted(ProcessUse.mostFiles()));
    }
    return measure(plan, notes, subjects);
  }

  private Optional<Subject> prosody(Plan plan, List<String> notes) throws IOException {
    if (options.withoutProsody()) {
      return Optional.empty();
    }
    Optional<Prosody> prosody = Prosody.find();
    if (prosody.isEmpty()) {
      System.err.println(Prosody.HOW_TO_INSTALL);
      notes.add(Prosody.HOW_TO_INSTALL);
    }
    int people = Math.max(2 * plan.clients() + 1, plan.has(Measurement.IDLE) ? plan.sockets() : 0);
    return prosody.map(each -> new ProsodySubject(each, people));
  }

  static Report measure(Plan plan, List<String> notes, List<Subject> subjects) throws IOException {
    if (subjects.stream().noneMatch(each -> opens(plan, each))) {
      return measure(plan, notes, subjects, Optional.empty());
    }
    System.err.printf("filling %s GB ...%n", plan.gigabytes());
    try (Filled filled = Filled.with(plan.gigabytes())) {
      return measure(plan, notes, subjects, Optional.of(filled));
    }
  }

  private static boolean opens(Plan plan, Subject subject) {
    return plan.has(Measurement.OPENING) && subject.has(Measurement.OPENING, Storage.DISK);
  }

  private static Report measure(
      Plan plan, List<String> notes, List<Subject> subjects, Optional<Filled> filled) {
    List<Series> all = subjects.stream().map(each -> Series.of(each.name())).toList();
    List<Double> loads = new ArrayList<>();
    for (Subject subject : subjects) {
      startOnce(subject);
    }
    for (int round = 0; round < plan.rounds(); round++) {
      loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      for (int i = 0; i < subjects.size(); i++) {
        // Who goes first in one round goes last in the next.
        int turn = round % 2 == 0 ? i : subjects.size() - 1 - i;
        System.err.printf("round %d: %s ...%n", round + 1, subjects.get(turn).name());
        new Round(plan, subjects.get(turn), all.get(turn), filled).measure();
      }
    }
    return new Report(Machine.here(Clock.systemUTC()), plan, loads, notes, all);
  }

  /** Doesn't count: it builds, prepares quick starts, and brings files into memory. */
  private static void startOnce(Subject subject) {
    System.err.printf("starting %s once ...%n", subject.name());
    try {
      subject.start(Storage.MEMORY).close();
    } catch (IOException failed) {
      System.err.printf("%s did not start: %s%n", subject.name(), failed.getMessage());
    }
  }
}
