package io.quantchat.infra.bench.encryption;

import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.SafetyNumber;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.crypto.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The operations of a client. For JMH; {@link Operation} says what each method is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncryptionPaths {

  private static final String PASSPHRASE = "correct horse battery staple";

  private final SecureRandom random = new SecureRandom();

  private Exchange v1;
  private Exchange v2;
  private String bundle;
  private Path folder;

  /** Everything but what is measured. */
  @Setup
  public void prepare() throws IOException {
    Instant now = Instant.now();
    v1 = new Exchange(Suite.V1, now, random);
    v2 = new Exchange(Suite.V2, now, random);
    bundle = Exchange.json(v2.reader().bundle.toMap());
    folder = Files.createTempDirectory("quantchat-bench");
  }

  /** Leaves nothing behind. */
  @TearDown
  public void clear() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Benchmark
  public byte[] v1Send() {
    return v1.send();
  }

  @Benchmark
  public String v1Receive() {
    return v1.receive();
  }

  @Benchmark
  public byte[] v2Send() {
    return v2.send();
  }

  @Benchmark
  public byte[] v2SendFirstOfBatch() {
    return v2.sendFirstOfBatch();
  }

  @Benchmark
  public String v2Receive() {
    return v2.receive();
  }

  @Benchmark
  public SignedBundle bundleRead() {
    SignedBundle read = SignedBundle.fromMap(Exchange.object(bundle));
    read.verify(v2.now());
    return read;
  }

  @Benchmark
  public String batchMade() {
    PrekeyBatch batch = v2.writer().newBatch(v2.batch().prekeys().size(), v2.now());
    return Exchange.json(batch.toMap());
  }

  @Benchmark
  public String safetyNumber() {
    Account writer = v2.writer();
    Account reader = v2.reader();
    return SafetyNumber.of(
            writer.userId,
            writer.identityKeys.identity(),
            reader.userId,
            reader.identityKeys.identity())
        .digits();
  }

  /** Makes the store, the first time; opening it derives the same key. */
  @Benchmark
  public Path storeOpened() {
    Path file = folder.resolve("store");
    LocalStore.open(file, PASSPHRASE.toCharArray(), Argon2Cost.RECOMMENDED, random).close();
    return file;
  }
}
