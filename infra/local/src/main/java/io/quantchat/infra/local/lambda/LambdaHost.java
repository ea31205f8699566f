package io.quantchat.infra.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.FailureTrace;
import io.quantchat.host.Host;
import io.quantchat.infra.local.gateway.Quotas;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.FunctionSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The template's functions in this process. Each is built once, on a {@link Host} that has the
 * function's own environment: by the constructor that its no-argument one, which Lambda calls,
 * delegates to. A handler that needs nothing of a host may have the no-argument constructor alone.
 *
 * <p>Unlike in Lambda, one instance answers several requests at once, each on a virtual thread.
 */
public final class LambdaHost implements Functions, AutoCloseable {

  /** The published version that every alias points to. */
  static final String VERSION = "1";

  private record Deployed(FunctionSpec spec, RequestStreamHandler handler, String arn) {}

  private final Map<String, Deployed> functions = new HashMap<>();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  private LambdaHost() {}

  /**
   * Builds functions.
   *
   * @param specs the template's functions
   * @param region the region that they find themselves in
   * @param hosts gives each what it is built on, for its own environment
   * @throws LambdaStartException if one can't be built
   */
  public static LambdaHost start(
      Collection<FunctionSpec> specs, String region, Function<Environment, Host> hosts) {
    var host = new LambdaHost();
    for (FunctionSpec spec : specs) {
      Host given = hosts.apply(environment(spec, region));
      RequestStreamHandler handler = build(spec, withOwnBackground(given, host, spec.logicalId()));
      String arn =
          "arn:aws:lambda:%s:%s:function:%s:live"
              .formatted(region, Deployment.LOCAL_ACCOUNT, spec.logicalId());
      host.functions.put(spec.logicalId(), new Deployed(spec, handler, arn));
    }
    return host;
  }

  private static Host withOwnBackground(Host given, LambdaHost host, String functionId) {
    return new Host(
        given.environment(),
        given.dynamoDb(),
        given.sockets(),
        given.clock(),
        given.random(),
        given.mail(),
        () -> event -> host.begin(functionId, event.toString()),
        given.bucket());
  }

  /** What the template gives the function, and Lambda gives each; nothing of this process's. */
  private static Environment environment(FunctionSpec spec, String region) {
    var variables = new HashMap<>(spec.environment());
    variables.put("AWS_REGION", region);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", spec.logicalId());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", VERSION);
    // Clients here are as near as the tables are.
    variables.put(Variable.LOOK_HOLDS_MILLISECONDS.name(), "0");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMegabytes()));
    return new Environment(variables);
  }

  private static RequestStreamHandler build(FunctionSpec spec, Host host) {
    String what = spec.logicalId() + ": the handler " + spec.handler();
    try {
      if (construct(Class.forName(spec.handler()), host) instanceof RequestStreamHandler handler) {
        return handler;
      }
      throw new LambdaStartException(what + " is no RequestStreamHandler.", null);
    } catch (ClassNotFoundException absent) {
      throw new LambdaStartException(what + " is not on the class path.", absent);
    } catch (InvocationTargetException thrown) {
      throw new LambdaStartException(
          what + " could not be built: " + thrown.getCause(), thrown.getCause());
    } catch (ReflectiveOperationException unusable) {
      throw new LambdaStartException(
          what + " has no public constructor that takes a Host, nor one without arguments.",
          unusable);
    }
  }

  private static Object construct(Class<?> handler, Host host) throws ReflectiveOperationException {
    for (Constructor<?> constructor : handler.getConstructors()) {
      if (List.of(constructor.getParameterTypes()).equals(List.of(Host.class))) {
        return constructor.newInstance(host);
      }
    }
    return handler.getConstructor().newInstance();
  }

  @Override
  public Invocation invoke(String functionId, byte[] event, Duration integrationTimeout) {
    Deployed function = functions.get(functionId);
    if (function == null) {
      throw new IllegalArgumentException("There is no function " + functionId);
    }
    if (event.length > Quotas.EVENT) {
      return new Invocation.EventTooLarge();
    }
    var task = new FutureTask<>(() -> run(function, event));
    Thread thread = Thread.ofVirtual().name(functionId).unstarted(task);
    running.add(thread);
    thread.start();
    Duration own = function.spec().timeout();
    boolean ownIsFirst = own.compareTo(integrationTimeout) <= 0;
    try {
      return task.get((ownIsFirst ? own : integrationTimeout).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      if (ownIsFirst) {
        thread.interrupt();
        return new Invocation.TimedOut();
      }
      Thread.ofVirtual().start(() -> stopAfter(own.minus(integrationTimeout), thread));
      return new Invocation.IntegrationTimedOut();
    } catch (InterruptedException stopped) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return new Invocation.Failed("The function was stopped", "Interrupted");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Invokes a function and waits for nothing: whether it fails is logged alone. */
  private void begin(String functionId, String event) {
    Deployed function = functions.get(functionId);
    Thread thread =
        Thread.ofVirtual()
            .name(functionId + ", in the background")
            .unstarted(() -> run(function, event.getBytes(StandardCharsets.UTF_8)));
    running.add(thread);
    thread.start();
  }

  /** A function whose gateway no longer waits runs on until its own time is over. */
  private static void stopAfter(Duration rest, Thread thread) {
    try {
      if (!thread.join(rest)) {
        thread.interrupt();
      }
    } catch (InterruptedException closing) {
      thread.interrupt();
    }
  }

  private Invocation run(Deployed function, byte[] event) {
    var context = new InvocationContext(function.spec(), function.arn());
    var answer = new ByteArrayOutputStream();
    try {
      function.handler().handleRequest(new ByteArrayInputStream(event), answer, context);
    } catch (Throwable failure) {
      log(failure, context);
      return new Invocation.Failed(failure.getMessage(), failure.getClass().getName());
    } finally {
      running.remove(Thread.currentThread());
    }
    return answer.size() > Quotas.ANSWER
        ? new Invocation.AnswerTooLarge()
        : new Invocation.Answered(answer.toByteArray());
  }

  /** A failure without a stack trace is an answer, such as an authorizer's refusal, not a fault. */
  private static void log(Throwable failure, InvocationContext context) {
    if (failure.getStackTrace().length > 0) {
      context.getLogger().log(FailureTrace.of(failure));
    }
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    running.forEach(Thread::interrupt);
  }
}
