package io.quantchat.infra.local.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The backup of an instance that runs, asked for at its {@link BackupSocket}. */
public final class RunningSource implements BackupSource {

  private static final int LONGEST_LINE = 4_096;
  private static final int BUFFER = 64 * 1024;

  private final UnixDomainSocketAddress instance;

  private RunningSource(UnixDomainSocketAddress instance) {
    this.instance = instance;
  }

  /** That of the instance on this folder; empty if none answers there. */
  public static Optional<BackupSource> in(Path folder) throws BackupFailure {
    Path socket = BackupSocket.in(folder);
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    if (!Files.isReadable(socket) || !Files.isWritable(socket)) {
      throw new BackupFailure(
          "The instance on %s is another user's: ask as that user.".formatted(folder));
    }
    var instance = UnixDomainSocketAddress.of(socket);
    try {
      SocketChannel.open(instance).close();
      return Optional.of(new RunningSource(instance));
    } catch (IOException nobody) {
      return Optional.empty();
    }
  }

  @Override
  public void copyTo(OutputStream out) throws IOException, BackupFailure {
    try (SocketChannel channel = connect()) {
      var in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
      String answer = ask(channel, in);
      if (answer.startsWith(BackupSocket.BAD)) {
        throw new BackupFailure(
            "The running instance can't make a backup: "
                + answer.substring(BackupSocket.BAD.length()));
      }
      if (!answer.startsWith(BackupSocket.GOOD)) {
        throw ended(null);
      }
      copy(in, Long.parseLong(answer.substring(BackupSocket.GOOD.length())), out);
    }
  }

  private SocketChannel connect() throws BackupFailure {
    try {
      return SocketChannel.open(instance);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private static String ask(SocketChannel channel, InputStream in) throws BackupFailure {
    try {
      channel.write(
          ByteBuffer.wrap((BackupSocket.QUESTION + "\n").getBytes(StandardCharsets.UTF_8)));
      return line(in);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /** Whether reading or writing failed makes the difference between two sentences. */
  private static void copy(InputStream in, long bytes, OutputStream out)
      throws IOException, BackupFailure {
    byte[] buffer = new byte[BUFFER];
    for (long left = bytes; left > 0; ) {
      int read;
      try {
        read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      } catch (IOException e) {
        throw ended(e);
      }
      if (read < 0) {
        throw ended(null);
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read();
        next >= 0 && next != '\n' && line.size() < LONGEST_LINE;
        next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static BackupFailure ended(IOException why) {
    return new BackupFailure("The instance ended before its backup was whole: ask again.", why);
  }
}
