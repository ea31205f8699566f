package io.quantchat.infra.bench.encryption;

import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.FileOpener;
import io.quantchat.crypto.FileSealer;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.UploadHashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How fast a file is sealed, opened and hashed, on one core, beside the cipher by itself. All take
 * turns, one whole file each, so that whatever slows the machine slows all of them; what is taken
 * is the time of the core that they have, not of what else ran on it.
 *
 * @param seal by {@link FileSealer}, without hashes
 * @param bareSeal by {@link BareSegments}
 * @param hash by {@link UploadHashes}: of the whole and of each part
 */
record FileRates(Rate seal, Rate bareSeal, Rate open, Rate bareOpen, Rate hash) {

  /** The share of the bare cipher's rate that is to be reached. */
  static final double AIM = 0.8;

  /** Bytes of the file. */
  static final int SIZE = 64 << 20;

  private static final double MEBIBYTE = 1 << 20;

  /**
   * The median of some turns.
   *
   * @param perSecond mebibytes
   */
  record Rate(double perSecond) {

    double over(Rate bare) {
      return perSecond / bare.perSecond;
    }
  }

  @FunctionalInterface
  private interface Turn {
    void take() throws IOException;
  }

  /**
   * @param turns that are measured of each, after as many to warm up
   * @param size bytes, a multiple of 64 KiB
   */
  static FileRates measure(int turns, int size, SecureRandom random) throws IOException {
    var file = new byte[size];
    random.nextBytes(file);
    try (FileKey key = FileKey.generate(random);
        Secret bytes = key.toSecret()) {
      var bare = new BareSegments(file, bytes.bytes());
      var sealer = new FileSealer(random);
      var opener = new FileOpener(key, size);
      var kept = new ByteArrayOutputStream();
      sealer.seal(key, new ByteArrayInputStream(file), kept);
      byte[] sealed = kept.toByteArray();
      OutputStream nowhere = OutputStream.nullOutputStream();
      List<Rate> rates =
          rates(
              turns,
              size,
              List.of(
                  () -> sealer.seal(key, new ByteArrayInputStream(file), nowhere),
                  bare::seal,
                  () -> opener.open(new ByteArrayInputStream(sealed), nowhere),
                  bare::open,
                  () -> hash(sealed)));
      return new FileRates(rates.get(0), rates.get(1), rates.get(2), rates.get(3), rates.get(4));
    }
  }

  private static void hash(byte[] sealed) throws IOException {
    var hashes = new UploadHashes(OutputStream.nullOutputStream());
    hashes.write(sealed);
    if (hashes.sha256().length + hashes.parts().size() == 0) {
      throw new IllegalStateException("Nothing was hashed");
    }
  }

  private static List<Rate> rates(int turns, int size, List<Turn> all) throws IOException {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    var nanos = new long[all.size()][turns];
    for (int turn = -turns; turn < turns; turn++) {
      for (int each = 0; each < nanos.length; each++) {
        long from = clock.getCurrentThreadCpuTime();
        all.get(each).take();
        if (turn >= 0) {
          nanos[each][turn] = clock.getCurrentThreadCpuTime() - from;
        }
      }
    }
    var rates = new ArrayList<Rate>();
    for (long[] times : nanos) {
      Arrays.sort(times);
      rates.add(new Rate(size / MEBIBYTE / (times[times.length / 2] / 1e9)));
    }
    return rates;
  }
}
