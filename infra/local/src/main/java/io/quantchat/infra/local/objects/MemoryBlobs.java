package io.quantchat.infra.local.objects;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Blobs that go with the process, and are together no larger than was said. */
final class MemoryBlobs implements Blobs {

  private static final int CHUNK = 64 * 1024;

  private final ConcurrentSkipListMap<String, Kept> kept = new ConcurrentSkipListMap<>();
  private final AtomicLong room;

  /**
   * @param bytes how many there may be, those on their way in included
   */
  MemoryBlobs(long bytes) {
    this.room = new AtomicLong(bytes);
  }

  /** How many bytes there is room for. */
  long room() {
    return room.get();
  }

  @Override
  public Draft draft() {
    return new Kept(new ArrayList<>());
  }

  @Override
  public Optional<Blob> open(BlobName name) {
    return Optional.ofNullable(kept.get(path(name)));
  }

  @Override
  public List<BlobName> names(BlobName.Kind kind, String prefix) {
    String folder = kind.folder() + "/";
    return kept.tailMap(folder + prefix).keySet().stream()
        .takeWhile(path -> path.startsWith(folder + prefix))
        .map(path -> new BlobName(kind, path.substring(folder.length())))
        .toList();
  }

  @Override
  public void delete(BlobName name) {
    release(kept.remove(path(name)));
  }

  private static String path(BlobName name) {
    return name.kind().folder() + "/" + name.id();
  }

  private void release(Kept blob) {
    if (blob != null) {
      room.addAndGet((long) blob.chunks.size() * CHUNK);
    }
  }

  /** A blob, and before that a draft. */
  private final class Kept implements Draft, Blob {

    private final List<byte[]> chunks;
    private volatile BlobHeader header;
    private long size;

    Kept(List<byte[]> chunks) {
      this.chunks = chunks;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int from = offset;
      for (int left = length; left > 0; ) {
        int used = (int) (size % CHUNK);
        if (used == 0) {
          takeChunk();
        }
        int count = Math.min(CHUNK - used, left);
        System.arraycopy(bytes, from, chunks.getLast(), used, count);
        size += count;
        from += count;
        left -= count;
      }
    }

    private void takeChunk() throws NoRoomException {
      if (room.addAndGet(-CHUNK) < 0) {
        room.addAndGet(CHUNK);
        throw new NoRoomException("No more objects fit into memory.", null);
      }
      chunks.add(new byte[CHUNK]);
    }

    @Override
    public void publish(BlobName name, BlobHeader known) {
      header = known;
      release(kept.put(path(name), this));
    }

    @Override
    public BlobHeader header() {
      return header;
    }

    @Override
    public void copyTo(OutputStream out, long offset, long length) throws IOException {
      long at = offset;
      for (long left = length; left > 0; ) {
        int within = (int) (at % CHUNK);
        int count = (int) Math.min(CHUNK - within, left);
        out.write(chunks.get((int) (at / CHUNK)), within, count);
        at += count;
        left -= count;
      }
    }

    @Override
    public void close() {
      if (header == null) {
        release(this);
        chunks.clear();
      }
    }
  }
}
