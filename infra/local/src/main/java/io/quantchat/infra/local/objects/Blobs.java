package io.quantchat.infra.local.objects;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Named bytes, each there whole or not at all, however the process ends. A name's bytes are never
 * changed, only replaced: whoever reads them goes on with those that were there. Any number of
 * threads may use it.
 */
interface Blobs {

  /** Bytes that have no name yet. Closed without one, they are gone. */
  interface Draft extends AutoCloseable {

    /**
     * Adds bytes.
     *
     * @throws NoRoomException if there is no room for them
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Gives the bytes a name, in the place of what had it. They survive from now on. */
    void publish(BlobName name, BlobHeader header) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A blob while it is read. */
  interface Blob extends AutoCloseable {

    BlobHeader header();

    /** Writes some of the bytes there, a few at a time. */
    void copyTo(OutputStream out, long offset, long length) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** There is no room for more, for now. */
  final class NoRoomException extends IOException {

    private static final long serialVersionUID = 1L;

    NoRoomException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Draft draft() throws IOException;

  Optional<Blob> open(BlobName name) throws IOException;

  /** The names of a kind that begin so, in their order. */
  List<BlobName> names(BlobName.Kind kind, String prefix) throws IOException;

  /** Deletes one if it is there. It doesn't come back. */
  void delete(BlobName name) throws IOException;

  /** What is known of one; empty if it isn't there. */
  default Optional<BlobHeader> header(BlobName name) throws IOException {
    Optional<Blob> found = open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Blob blob = found.get()) {
      return Optional.of(blob.header());
    }
  }
}
