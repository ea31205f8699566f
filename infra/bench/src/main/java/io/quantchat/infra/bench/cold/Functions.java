package io.quantchat.infra.bench.cold;

import io.quantchat.infra.stack.FunctionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts functions of the template, each in any of its variants. */
final class Functions {

  /** How often each request is played before the cache is written. */
  private static final int TRAINING = 5;

  private final Backend backend;
  private final ManagedRuntime runtime;
  private final UnzippedPackage packaged;
  private final UnzippedPackage baseline;
  private final UnzippedPackage other;
  private final List<String> options;
  private final Path scratch;
  private final List<Path> jars;
  private final Map<String, Path> caches = new HashMap<>();

  /**
   * @param other another package of the functions; ours where there is none
   * @param options more options for every JVM, ours and the baseline's
   * @param scratch a folder for what is made on the way
   */
  Functions(
      Backend backend,
      ManagedRuntime runtime,
      UnzippedPackage packaged,
      UnzippedPackage baseline,
      UnzippedPackage other,
      List<String> options,
      Path scratch)
      throws IOException {
    this.backend = backend;
    this.runtime = runtime;
    this.packaged = packaged;
    this.baseline = baseline;
    this.other = other;
    this.options = options;
    this.scratch = scratch;
    Files.createDirectory(scratch.resolve("empty"));
    this.jars = new ArrayList<>(runtime.classPath());
    this.jars.addAll(packaged.asJars(scratch.resolve("functions.jar")));
  }

  /** Starts a function of the template as the managed runtime does. */
  ExecutionEnvironment start(String id) throws IOException {
    return ExecutionEnvironment.start(packagedLaunch(id));
  }

  /** Starts what answers a scenario. */
  ExecutionEnvironment start(Scenario scenario, Variant variant) throws IOException {
    return ExecutionEnvironment.start(
        switch (variant) {
          case PACKAGED -> packagedLaunch(scenario.function());
          case BASELINE -> launch(scenario.function(), baseline.root(), scenario.baseline());
          case RESTORED -> snapStartLaunch(scenario.function(), packaged.root());
          case OTHER -> launch(scenario.function(), other.root(), handler(scenario.function()));
          case OTHER_RESTORED -> snapStartLaunch(scenario.function(), other.root());
          case ARCHIVED ->
              archivable(scenario.function())
                  .with("-XX:AOTCache=" + caches.get(scenario.function()))
                  .with("-XX:AOTMode=on");
        });
  }

  /**
   * Writes a function's AOT cache, which holds what these requests load and how often they call
   * what.
   */
  void train(String id, List<Scenario> scenarios) throws IOException, InterruptedException {
    Path cache = scratch.resolve(id + ".aot");
    Launch launch = archivable(id).with("-XX:AOTCacheOutput=" + cache);
    try (ExecutionEnvironment environment = ExecutionEnvironment.start(launch)) {
      environment.awaitInit();
      for (int round = 0; round < TRAINING; round++) {
        scenarios.forEach(scenario -> environment.invoke(scenario.event()));
      }
      environment.end();
      if (!Files.exists(cache)) {
        throw new IllegalStateException(
            "The JVM wrote no AOT cache for " + id + ":\n" + environment.log());
      }
    }
    caches.put(id, cache);
  }

  private Launch packagedLaunch(String id) {
    return launch(id, packaged.root(), handler(id));
  }

  private String handler(String id) {
    return backend.function(id).handler() + "::handleRequest";
  }

  /** A cache holds only what the JVM's own loaders load, and those only from jars. */
  private Launch archivable(String id) {
    Launch launch = packagedLaunch(id);
    return new Launch(
        scratch.resolve("empty"), jars, launch.options(), launch.handler(), launch.environment());
  }

  private Launch snapStartLaunch(String id, Path root) {
    FunctionSpec function = backend.function(id);
    return new Launch(
            root,
            runtime.classPath(),
            with(runtime.snapStartOptions(function.memoryMegabytes())),
            handler(id),
            backend.environment(function))
        .withSnapStart(backend.snapStartEnvironment(function));
  }

  private Launch launch(String id, Path root, String handler) {
    FunctionSpec function = backend.function(id);
    return new Launch(
        root,
        runtime.classPath(),
        with(runtime.options(function.memoryMegabytes())),
        handler,
        backend.environment(function));
  }

  private List<String> with(List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(options);
    return all;
  }
}
