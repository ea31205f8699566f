package io.quantchat.infra.bench.xmpp;

import io.quantchat.infra.bench.checkout.Checkout;
import io.quantchat.infra.bench.load.Away;
import io.quantchat.infra.bench.load.Crowd;
import io.quantchat.infra.bench.load.Line;
import io.quantchat.infra.bench.load.MessageIds;
import io.quantchat.infra.bench.load.MessageLog;
import io.quantchat.infra.bench.load.Pairs;
import io.quantchat.infra.bench.load.Receiver;
import io.quantchat.infra.bench.load.Service;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A running Prosody. */
public final class ProsodyService implements Service {

  private static final int BUFFER = 16 * 1024;
  private static final long LONGEST_START = 60_000_000_000L;
  private static final long LONGEST_STOP = 10;

  /** Prosody's own limit is the one it is started with; a JVM raises its own by itself. */
  private static final String WITH_ALL_FILES = "ulimit -n \"$(ulimit -Hn)\"; exec \"$0\" \"$@\"";

  private final Process process;
  private final Thread atExit;
  private final int port;
  private final Path folder;
  private final double ready;

  private ProsodyService(Process process, Thread atExit, int port, Path folder, double ready) {
    this.process = process;
    this.atExit = atExit;
    this.port = port;
    this.folder = folder;
    this.ready = ready;
  }

  static ProsodyService start(Path program, Path configuration, int port, Path folder)
      throws IOException {
    Path said = folder.resolve("said");
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                WITH_ALL_FILES,
                program.toString(),
                "-F",
                "--config",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    var atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
    double ready = awaitReady(process, began, port, said);
    return new ProsodyService(process, atExit, port, folder, ready);
  }

  /** Seconds until the first user could log in. */
  private static double awaitReady(Process process, long began, int port, Path said)
      throws IOException {
    while (true) {
      try {
        XmppStream.openIdle(port, Prosody.DOMAIN, Prosody.user(0), Prosody.PASSWORD).close();
        return (System.nanoTime() - began) / 1e9;
      } catch (ConnectException notYet) {
        if (!process.isAlive() || System.nanoTime() - began > LONGEST_START) {
          process.destroyForcibly();
          throw new IOException("Prosody did not start: " + Files.readString(said), notYet);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  XmppStream open(int user) throws IOException {
    return XmppStream.open(port, Prosody.DOMAIN, Prosody.user(user), Prosody.PASSWORD, BUFFER);
  }

  @Override
  public double ready() {
    return ready;
  }

  @Override
  public long process() {
    return process.pid();
  }

  /** Every second user is a recipient. */
  @Override
  public Pairs meet(int pairs, MessageLog log, SplittableRandom random) throws IOException {
    MessageIds ids = new MessageIds(random.nextInt());
    List<Line> lines = new ArrayList<>();
    List<Receiver> receivers = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      receivers.add(XmppReceiver.start(open(2 * i + 1), log));
      lines.add(new XmppLine(open(2 * i), Prosody.jid(2 * i + 1), ids, random));
    }
    return new Pairs(log, lines, receivers, () -> 0);
  }

  /** The first user is away, the next ones write. */
  @Override
  public Away away(int senders, SplittableRandom random) throws IOException {
    MessageIds ids = new MessageIds(random.nextInt());
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      lines.add(new XmppLine(open(i + 1), Prosody.jid(0), ids, random));
    }
    return new XmppAway(lines, () -> open(0));
  }

  @Override
  public Crowd gather(int sockets, SplittableRandom random) throws IOException {
    List<XmppStream> streams = new ArrayList<>();
    for (int i = 0; i < sockets; i++) {
      XmppStream stream =
          XmppStream.openIdle(port, Prosody.DOMAIN, Prosody.user(i), Prosody.PASSWORD);
      stream.write("<presence/>");
      stream.await("<presence", ">");
      streams.add(stream);
    }
    return new XmppCrowd(streams);
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Checkout.delete(folder);
  }
}
