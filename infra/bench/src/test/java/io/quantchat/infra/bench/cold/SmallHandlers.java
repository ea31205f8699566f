package io.quantchat.infra.bench.cold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Environment;
import io.quantchat.host.Snapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.crac.Core;
import org.crac.Resource;

/** Functions that do as little as can be. They run in processes of their own. */
final class SmallHandlers {

  private SmallHandlers() {}

  /** Answers what it was sent. */
  public static final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      in.transferTo(out);
    }
  }

  /** Throws at every event. */
  public static final class Throwing implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
      throw new IllegalArgumentException("not like this");
    }
  }

  /** Can't be built. */
  public static final class Unbuildable implements RequestStreamHandler {
    public Unbuildable() {
      throw new IllegalStateException("the table is missing");
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}
  }

  /** Ends its process at the first event. */
  public static final class Dying implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
      Runtime.getRuntime().halt(3);
    }
  }

  /** Answers which hooks have run. */
  public static final class Hooked implements RequestStreamHandler, Resource {
    private final List<String> hooks = new ArrayList<>();

    public Hooked() {
      Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      hooks.add("before");
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
      hooks.add("after");
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      out.write(("\"" + String.join(" ", hooks) + "\"").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Answers what it was sent, and throws when it rehearses for a snapshot, as functions do. */
  public static final class Unrehearsed implements RequestStreamHandler {
    public Unrehearsed() {
      Snapshots.prepare(
          Environment.ofProcess(),
          new SecureRandom(),
          () -> {
            throw new AssertionError("the table is missing");
          });
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      in.transferTo(out);
    }
  }
}
