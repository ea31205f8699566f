package io.quantchat.infra.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.infra.local.gateway.Quotas;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.FunctionSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The template's functions in this process. Each is built as Lambda builds it: once, by its
 * no-argument constructor, seeing its own environment. Unlike in Lambda, one instance answers
 * several requests at once, each on a virtual thread.
 */
public final class LambdaHost implements Functions, AutoCloseable {

  /** The published version that every alias points to. */
  static final String VERSION = "1";

  private record Function(FunctionSpec spec, RequestStreamHandler handler, String arn) {}

  private final Map<String, Function> functions = new HashMap<>();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  private LambdaHost() {}

  /**
   * Builds functions.
   *
   * @param specs the template's functions
   * @param base variables that Lambda gives every function, such as region and credentials
   * @throws LambdaStartException if one can't be built
   */
  public static LambdaHost start(Collection<FunctionSpec> specs, Map<String, String> base) {
    var environment = new ProcessEnvironment();
    environment.setForAll(base);
    var host = new LambdaHost();
    String region = base.getOrDefault("AWS_REGION", Deployment.LOCAL_REGION);
    for (FunctionSpec spec : specs) {
      var own = new HashMap<>(spec.environment());
      own.put("AWS_LAMBDA_FUNCTION_NAME", spec.logicalId());
      own.put("AWS_LAMBDA_FUNCTION_VERSION", VERSION);
      own.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMegabytes()));
      String arn =
          "arn:aws:lambda:%s:%s:function:%s:live"
              .formatted(region, Deployment.LOCAL_ACCOUNT, spec.logicalId());
      RequestStreamHandler handler = environment.during(own, () -> build(spec));
      host.functions.put(spec.logicalId(), new Function(spec, handler, arn));
    }
    return host;
  }

  private static RequestStreamHandler build(FunctionSpec spec) {
    String what = spec.logicalId() + ": the handler " + spec.handler();
    try {
      Object handler = Class.forName(spec.handler()).getDeclaredConstructor().newInstance();
      if (handler instanceof RequestStreamHandler streamHandler) {
        return streamHandler;
      }
      throw new LambdaStartException(what + " is no RequestStreamHandler.", null);
    } catch (ClassNotFoundException absent) {
      throw new LambdaStartException(what + " is not on the class path.", absent);
    } catch (InvocationTargetException thrown) {
      throw new LambdaStartException(
          what + " could not be built: " + thrown.getCause(), thrown.getCause());
    } catch (ReflectiveOperationException unusable) {
      throw new LambdaStartException(
          what + " has no public constructor without arguments.", unusable);
    }
  }

  @Override
  public Invocation invoke(String functionId, byte[] event, Duration integrationTimeout) {
    Function function = functions.get(functionId);
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

  private Invocation run(Function function, byte[] event) {
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
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      context.getLogger().log(trace.toString());
    }
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    running.forEach(Thread::interrupt);
  }
}
