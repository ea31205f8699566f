package io.quantchat.client;

import io.quantchat.infra.local.RunnerProcess;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One relay, in memory, for all tests; to each class that asks for it a {@link TestRelay} before
 * it, which each test finds as if nobody had used it. Who use that: a {@link Person} who stays for
 * all tests of a class, since accounts are costly, and begins each with a new program, or {@link
 * TwoPeople} for whoever asks.
 */
final class RelayExtension implements BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RelayExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    TestRelay relay = context.getStore(NAMESPACE).get(TestRelay.class, TestRelay.class);
    if (relay != null) {
      relay.restore();
      relay.forget();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(TestRelay.class)
        || type.equals(TwoPeople.class)
        || type.equals(Person.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    TestRelay relay =
        ofClass(context)
            .getStore(NAMESPACE)
            .computeIfAbsent(
                TestRelay.class,
                first -> new TestRelay(runner(context).instance()),
                TestRelay.class);
    if (type.equals(TestRelay.class)) {
      return relay;
    }
    if (type.equals(TwoPeople.class)) {
      return context
          .getStore(NAMESPACE)
          .computeIfAbsent(TwoPeople.class, first -> TwoPeople.registered(relay), TwoPeople.class);
    }
    Resident resident =
        ofClass(context)
            .getStore(NAMESPACE)
            .computeIfAbsent(Resident.class, first -> Resident.registered(relay), Resident.class);
    return resident.withNewProgram();
  }

  private static ExtensionContext ofClass(ExtensionContext context) {
    return context.getTestMethod().isEmpty() ? context : ofClass(context.getParent().orElseThrow());
  }

  private static RunnerProcess runner(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            RunnerProcess.class, first -> RunnerProcess.inMemory(List.of()), RunnerProcess.class);
  }
}
