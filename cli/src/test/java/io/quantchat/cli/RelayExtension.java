package io.quantchat.cli;

import io.quantchat.infra.local.RunnerProcess;
import io.quantchat.infra.local.RunningInstance;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One relay, in memory, for all tests. */
final class RelayExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RelayExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(RunningInstance.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            RunnerProcess.class, first -> RunnerProcess.inMemory(List.of()), RunnerProcess.class)
        .instance();
  }
}
