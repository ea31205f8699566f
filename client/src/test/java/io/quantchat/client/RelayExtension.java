package io.quantchat.client;

import io.quantchat.infra.local.RunnerProcess;
import io.quantchat.infra.local.RunningInstance;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One relay, in memory, for all tests: a {@link RunningInstance}, or for a test of this package a
 * path to it of its own.
 */
public final class RelayExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RelayExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(TestRelay.class) || type.equals(RunningInstance.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunnerProcess runner =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(
                RunnerProcess.class,
                first -> RunnerProcess.inMemory(List.of()),
                RunnerProcess.class);
    if (parameter.getParameter().getType().equals(RunningInstance.class)) {
      return runner.instance();
    }
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestRelay.class, first -> new TestRelay(runner.instance()), TestRelay.class);
  }
}
