package io.quantchat.infra.local.journey;

import io.quantchat.infra.local.RunnerProcess;
import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.contract.ContractCheck;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Api}, the {@link RunningInstance} or the process of a relay that keeps its
 * tables in memory: one process for all test classes, stopped after the last. Each resolved API has
 * a contract check of its own.
 */
final class RunningRelay implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(Api.class)
        || type.equals(RunningInstance.class)
        || type.equals(RunnerProcess.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunnerProcess relay =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(RunningRelay.class))
            .computeIfAbsent(
                RunnerProcess.class,
                first -> RunnerProcess.inMemory(List.of()),
                RunnerProcess.class);
    Class<?> type = parameter.getParameter().getType();
    if (type.equals(RunnerProcess.class)) {
      return relay;
    }
    RunningInstance instance = relay.instance();
    return type.equals(RunningInstance.class)
        ? instance
        : new Api(instance.restUrl(), instance.socketUrl(), new ContractCheck());
  }
}
