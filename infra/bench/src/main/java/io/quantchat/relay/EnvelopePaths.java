package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How an envelope becomes bytes and again an envelope; here, because nobody else may see them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EnvelopePaths {

  private final Random random = new Random(1);
  private final Envelope envelope =
      new Envelope(
          base64(768),
          sessionKey(),
          Envelope.DEFAULT_CRYPTO_VERSION,
          Envelope.DEFAULT_ENCRYPTION_ALGORITHM,
          Envelope.DEFAULT_KDF_ALGORITHM,
          Json.array().add(signature()),
          false,
          NullNode.instance);
  private final byte[] bytes = EnvelopeBytes.encode(envelope);

  /** An envelope of 1 kB becomes the bytes of an attribute. */
  @Benchmark
  public byte[] envelopeToBytes() {
    return EnvelopeBytes.encode(envelope);
  }

  /** The bytes of an attribute become an envelope. */
  @Benchmark
  public Envelope bytesToEnvelope() {
    return EnvelopeBytes.decode(bytes);
  }

  private ObjectNode sessionKey() {
    return Json.object()
        .put("ecdh", base64(65))
        .put("wrap", base64(48))
        .put("spk", "spk-2026-01-30")
        .put("opk", "c29tZS1vcGs");
  }

  private ObjectNode signature() {
    return Json.object()
        .put("algorithm", "ECDSA-P256-SHA256")
        .put("signature", base64(64))
        .put("key_id", "ecdsa-key-123")
        .put("timestamp", "2026-02-02T10:00:00Z");
  }

  private String base64(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }
}
