package io.quantchat.infra.local.deployed;

import io.quantchat.infra.local.contract.ContractCheck;
import io.quantchat.infra.local.journey.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives tests the {@link DeployedStack} and its {@link Api}: one stack for all test classes,
 * deployed before the first and removed after the last. Where it can't be deployed because
 * something is missing, tests are skipped and say what.
 */
final class OnLocalStack implements BeforeAllCallback, ParameterResolver {
  private static final String NO_LOCALSTACK =
      "Skipped on LocalStack: LOCALSTACK_ENDPOINT is not set, and there is no Docker.";
  private static final String NO_SAM =
      "Skipped on LocalStack: the AWS SAM CLI, the command sam, is not installed.";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(OnLocalStack.class);

  /** The stack, or why there is none. */
  private record Deployment(Optional<DeployedStack> stack, String missing)
      implements AutoCloseable {

    static Deployment missing(String what) {
      System.out.println(what);
      return new Deployment(Optional.empty(), what);
    }

    @Override
    public void close() {
      stack.ifPresent(DeployedStack::close);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Deployment deployment = deployment(context);
    if (deployment.stack().isEmpty()) {
      throw new TestAbortedException(deployment.missing());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(DeployedStack.class) || type.equals(Api.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    DeployedStack stack = deployment(context).stack().orElseThrow();
    return parameter.getParameter().getType().equals(Api.class)
        ? Api.withoutSocket(stack.restUrl(), new ContractCheck())
        : stack;
  }

  private static Deployment deployment(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Deployment.class, first -> deploy(), Deployment.class);
  }

  private static Deployment deploy() {
    try {
      if (!hasSam()) {
        return Deployment.missing(NO_SAM);
      }
      Optional<URI> endpoint = LocalStack.find();
      return endpoint.isEmpty()
          ? Deployment.missing(NO_LOCALSTACK)
          : new Deployment(Optional.of(DeployedStack.on(endpoint.get())), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while deploying", e);
    }
  }

  private static boolean hasSam() throws InterruptedException {
    try {
      return Command.run(Map.of("SAM_CLI_TELEMETRY", "0"), List.of("sam", "--version")).status()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
