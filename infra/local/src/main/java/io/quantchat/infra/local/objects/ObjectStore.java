package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.signing.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whole objects, by their keys. Of those that are put under one key at once the last one stays, and
 * whole; readers of another one read on.
 */
final class ObjectStore {

  private final Blobs blobs;
  private final KeyLocks locks = new KeyLocks();

  ObjectStore(Blobs blobs) {
    this.blobs = blobs;
  }

  private static BlobName name(String key) {
    byte[] hash = SigningKey.sha256(key.getBytes(StandardCharsets.UTF_8));
    return new BlobName(BlobName.Kind.OBJECT, HexFormat.of().formatHex(hash));
  }

  void put(Blobs.Draft draft, BlobHeader header) throws IOException {
    BlobName name = name(header.key());
    try (KeyLocks.Held _ = locks.take(name.id())) {
      draft.publish(name, header);
    }
  }

  Optional<Blobs.Blob> open(String key) throws IOException {
    return blobs.open(name(key));
  }

  void delete(String key) throws IOException {
    delete(name(key), header -> true);
  }

  /** Deletes what has had its time; what is put meanwhile has not. */
  void sweep(Predicate<BlobHeader> isOver) throws IOException {
    for (BlobName name : blobs.names(BlobName.Kind.OBJECT, "")) {
      delete(name, isOver);
    }
  }

  private void delete(BlobName name, Predicate<BlobHeader> which) throws IOException {
    try (KeyLocks.Held _ = locks.take(name.id())) {
      Optional<BlobHeader> header = blobs.header(name);
      if (header.isPresent() && which.test(header.get())) {
        blobs.delete(name);
      }
    }
  }
}
