package io.quantchat.infra.local.lambda;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The environment of this process, which functions read while they are built. In the cloud each
 * function is a process of its own; here they are built one after another, and each sees just its
 * own variables while it is.
 *
 * <p>Writes through the view that {@link System#getenv()} gives, so the JVM must be started with
 * {@code --add-opens=java.base/java.util=ALL-UNNAMED}.
 */
final class ProcessEnvironment {

  private final Map<String, String> variables;

  /**
   * The environment of this process.
   *
   * @throws LambdaStartException if the JVM wasn't started so that it can be changed
   */
  ProcessEnvironment() {
    this.variables = writable();
  }

  /**
   * Sets variables that every function sees, and leaves them set. What this machine's user has set
   * for AWS is forgotten: a function must not lean on it, nor act with the user's credentials.
   */
  synchronized void setForAll(Map<String, String> all) {
    variables.keySet().removeIf(name -> name.startsWith("AWS_"));
    variables.putAll(all);
  }

  /** Runs a task that sees these variables too, and takes them away again. */
  synchronized <T> T during(Map<String, String> own, Supplier<T> task) {
    Map<String, String> before = Map.copyOf(variables);
    variables.putAll(own);
    try {
      return task.get();
    } finally {
      variables.keySet().retainAll(before.keySet());
      variables.putAll(before);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> writable() {
    try {
      Map<String, String> view = System.getenv();
      Field behind = view.getClass().getDeclaredField("m");
      behind.setAccessible(true);
      return (Map<String, String>) behind.get(view);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new LambdaStartException(
          "Functions can't be given their environment: start the JVM with"
              + " --add-opens=java.base/java.util=ALL-UNNAMED.",
          closed);
    }
  }
}
