package io.quantchat.client.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads what a thread of its own writes; where that fails, so does the end. */
final class Piped<T> extends InputStream {

  private static final int BUFFER = 128 * 1024;

  private final PipedInputStream in = new PipedInputStream(BUFFER);
  private final CompletableFuture<T> written;

  Piped(Writing<T> writing) throws IOException {
    var out = new PipedOutputStream(in);
    written =
        CompletableFuture.supplyAsync(
            () -> write(writing, out),
            task -> Thread.ofPlatform().daemon().name("quantchat-file").start(task));
  }

  private static <T> T write(Writing<T> writing, OutputStream out) {
    try (out) {
      return writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the writing has found, once all was read. */
  T result() throws IOException {
    try {
      return written.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case UncheckedIOException failure -> throw failure.getCause();
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public int read() throws IOException {
    int octet = in.read();
    return octet < 0 ? ended() : octet;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int some = in.read(to, offset, length);
    return some < 0 ? ended() : some;
  }

  private int ended() throws IOException {
    T unused = result();
    return -1;
  }

  /** The thread ends with it. */
  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Writes, and says what it has found. */
  interface Writing<T> {
    T to(OutputStream out) throws IOException;
  }
}
