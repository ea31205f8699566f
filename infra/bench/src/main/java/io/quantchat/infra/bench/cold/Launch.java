package io.quantchat.infra.bench.cold;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a function is started.
 *
 * @param root the unzipped package: classes at the top, jars in {@code lib}
 * @param classPath what the JVM itself loads; the runtime client adds the root to it, in a class
 *     loader of its own
 * @param options the JVM's
 * @param handler as the template has it
 * @param environment all that the process sees, but the Runtime API's address
 */
record Launch(
    Path root,
    List<Path> classPath,
    List<String> options,
    String handler,
    Map<String, String> environment) {

  /** Makes the runtime client's hooks those that org.crac calls. */
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** With SnapStart as these variables say it, and with its hooks. */
  Launch withSnapStart(Map<String, String> variables) {
    return new Launch(root, classPath, options, handler, variables).with(HOOKS);
  }

  /** With another option for the JVM. */
  Launch with(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(option);
    return new Launch(root, classPath, more, handler, environment);
  }

  /** The program and its arguments. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(CLIENT);
    command.add(handler);
    return command;
  }
}
