package io.quantchat.infra.database.storage;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * 64 bits that stand for a row: its table, key and value. Both sums are one instruction of the
 * processor; they are mixed, so that sums of many rows' hashes differ where rows have exchanged
 * values. They find accidents, not forgers: whoever can write the file can also make it fit.
 */
final class RowHash {

  private RowHash() {}

  static long of(byte[] table, byte[] key, byte[] value) {
    var castagnoli = new CRC32C();
    var zip = new CRC32();
    byte[] length = {
      (byte) (key.length >>> 24),
      (byte) (key.length >>> 16),
      (byte) (key.length >>> 8),
      (byte) key.length
    };
    for (byte[] part : new byte[][] {table, length, key, value}) {
      castagnoli.update(part, 0, part.length);
      zip.update(part, 0, part.length);
    }
    return mixed(castagnoli.getValue() << 32 | zip.getValue());
  }

  static long of(byte[] bytes, int length) {
    var castagnoli = new CRC32C();
    var zip = new CRC32();
    castagnoli.update(bytes, 0, length);
    zip.update(bytes, 0, length);
    return mixed(castagnoli.getValue() << 32 | zip.getValue());
  }

  /** SplitMix64's last step: <a href="https://prng.di.unimi.it/splitmix64.c">source</a>. */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
