package io.quantchat.client;

import io.quantchat.infra.local.RunnerProcess;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One relay, in memory, for all tests; each test has a path to it of its own. */
final class RelayExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RelayExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(TestRelay.class);
  }

  @Override
  public TestRelay resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunnerProcess runner =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(
                RunnerProcess.class,
                first -> RunnerProcess.inMemory(List.of()),
                RunnerProcess.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestRelay.class, first -> new TestRelay(runner.instance()), TestRelay.class);
  }
}
