package io.quantchat.client;

import io.quantchat.infra.local.RunnerProcess;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One relay, in memory, for all tests; to each that asks for them a {@link TestRelay} before it and
 * {@link TwoPeople} who use that.
 */
final class RelayExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RelayExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(TestRelay.class) || type.equals(TwoPeople.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestRelay relay =
        context
            .getStore(NAMESPACE)
            .computeIfAbsent(
                TestRelay.class,
                first -> new TestRelay(runner(context).instance()),
                TestRelay.class);
    return parameter.getParameter().getType().equals(TestRelay.class)
        ? relay
        : context
            .getStore(NAMESPACE)
            .computeIfAbsent(
                TwoPeople.class, first -> TwoPeople.registered(relay), TwoPeople.class);
  }

  private static RunnerProcess runner(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            RunnerProcess.class, first -> RunnerProcess.inMemory(List.of()), RunnerProcess.class);
  }
}
