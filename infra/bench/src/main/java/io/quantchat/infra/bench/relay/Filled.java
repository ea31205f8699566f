package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.checkout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data folder that was filled to be opened; removed in the end.
 *
 * @param bytes that its files have
 * @param rows that they hold
 * @param seconds that it took to write them
 */
record Filled(Path data, long bytes, long rows, double seconds) implements AutoCloseable {

  /** Bytes of a gigabyte, as disks are sold. */
  private static final double GIGABYTE = 1e9;

  static Filled with(double gigabytes) throws IOException {
    Path data = Files.createTempDirectory("quantchat-filled").toRealPath();
    try {
      long began = System.nanoTime();
      long rows = Filling.fill(data, (long) (gigabytes * GIGABYTE));
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Filled(data, Filling.size(data), rows, seconds);
    } catch (IOException | RuntimeException failed) {
      Checkout.delete(data);
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    Checkout.delete(data);
  }
}
