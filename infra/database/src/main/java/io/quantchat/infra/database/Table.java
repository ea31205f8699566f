package io.quantchat.infra.database;

import io.quantchat.infra.database.item.ByteReader;
import io.quantchat.infra.database.item.ByteWriter;
import io.quantchat.infra.database.storage.StorageException;
import java.time.Instant;
import java.util.Optional;

/**
 * A table as it was asked for.
 *
 * @param id differs from that of every other table, one of the same name among them
 * @param timeToLive the attribute by which its items expire, where that is switched on
 * @param isProtected whether it refuses to be deleted
 */
record Table(
    String name,
    String id,
    Instant created,
    Key partitionKey,
    Optional<Key> sortKey,
    Optional<String> timeToLive,
    Optional<Throughput> provisioned,
    boolean isProtected) {

  private static final byte VERSION = 1;

  /**
   * A key attribute.
   *
   * @param type S, N or B
   */
  record Key(String name, String type) {}

  /** Provisioned capacity, in units a second. It is described, and not enforced. */
  record Throughput(long read, long write) {}

  /** The storage's space that holds its items. */
  String space() {
    return SPACES + id;
  }

  /** What the name of each space begins with that holds items. */
  static final String SPACES = "items-";

  Table withTimeToLive(Optional<String> attribute) {
    return new Table(name, id, created, partitionKey, sortKey, attribute, provisioned, isProtected);
  }

  Table withProtection(boolean isNowProtected) {
    return new Table(
        name, id, created, partitionKey, sortKey, timeToLive, provisioned, isNowProtected);
  }

  byte[] toBytes() {
    var out = new ByteWriter(128);
    out.writeByte(VERSION).writeText(name).writeText(id).writeLong(created.toEpochMilli());
    out.writeText(partitionKey.name()).writeText(partitionKey.type());
    out.writeText(sortKey.map(Key::name).orElse("")).writeText(sortKey.map(Key::type).orElse(""));
    out.writeText(timeToLive.orElse(""));
    out.writeLong(provisioned.map(Throughput::read).orElse(0L));
    out.writeLong(provisioned.map(Throughput::write).orElse(0L));
    return out.writeByte(isProtected ? 1 : 0).toBytes();
  }

  static Table of(byte[] bytes) {
    var in = new ByteReader(bytes);
    byte version = in.readByte();
    if (version != VERSION) {
      throw new StorageException(
          "A table's description is of format %d, and this program knows %d: start the version that wrote it."
              .formatted(version, VERSION));
    }
    return new Table(
        in.readText(),
        in.readText(),
        Instant.ofEpochMilli(in.readLong()),
        new Key(in.readText(), in.readText()),
        key(in.readText(), in.readText()),
        text(in.readText()),
        throughput(in.readLong(), in.readLong()),
        in.readByte() == 1);
  }

  private static Optional<Key> key(String name, String type) {
    return name.isEmpty() ? Optional.empty() : Optional.of(new Key(name, type));
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<Throughput> throughput(long read, long write) {
    return read == 0 ? Optional.empty() : Optional.of(new Throughput(read, write));
  }
}
