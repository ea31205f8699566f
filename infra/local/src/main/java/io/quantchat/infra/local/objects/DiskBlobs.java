package io.quantchat.infra.local.objects;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Blobs as files, for their owner alone: the header and then the bytes. A file is written in {@code
 * incoming}, forced to the disk and renamed, so there is nothing half under any name; what a killed
 * process left in {@code incoming} is nobody's, and removed at the next start.
 */
final class DiskBlobs implements Blobs {

  private static final String INCOMING = "incoming";
  private static final int BUFFER = 64 * 1024;

  /** Less than this is no room: what fails to be written then fails for that. */
  private static final long LEAST_ROOM = 1 << 20;

  private final Path folder;

  private DiskBlobs(Path folder) {
    this.folder = folder;
  }

  /**
   * Those of a folder, which is made where it is missing and belongs to one process at a time.
   *
   * @throws IOException if it can't be used
   */
  static DiskBlobs in(Path folder) throws IOException {
    var blobs = new DiskBlobs(folder);
    Path incoming = folder.resolve(INCOMING);
    Files.createDirectories(incoming, blobs.ownersAlone("rwx------"));
    for (BlobName.Kind kind : BlobName.Kind.values()) {
      Files.createDirectories(folder.resolve(kind.folder()), blobs.ownersAlone("rwx------"));
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    return blobs;
  }

  @Override
  public Draft draft() throws IOException {
    Path file = folder.resolve(INCOMING).resolve(UUID.randomUUID().toString());
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownersAlone("rw-------"));
      channel.position(BlobHeader.BYTES);
      return new FileDraft(file, channel);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  @Override
  public Optional<Blob> open(BlobName name) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path(name), StandardOpenOption.READ);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.allocate(BlobHeader.BYTES);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until all of it is there.
      }
      return Optional.of(new FileBlob(channel, BlobHeader.of(bytes.array())));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public List<BlobName> names(BlobName.Kind kind, String prefix) throws IOException {
    List<BlobName> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder.resolve(kind.folder()), prefix + "*")) {
      files.forEach(file -> names.add(new BlobName(kind, file.getFileName().toString())));
    }
    names.sort((one, other) -> one.id().compareTo(other.id()));
    return names;
  }

  @Override
  public void delete(BlobName name) throws IOException {
    if (Files.deleteIfExists(path(name))) {
      force(folder.resolve(name.kind().folder()));
    }
  }

  private Path path(BlobName name) {
    return folder.resolve(name.kind().folder()).resolve(name.id());
  }

  /** Where renamed and deleted files are, which the disk has to know as well. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private FileAttribute<?>[] ownersAlone(String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The system says in its own language that a disk is full. */
  private IOException explained(IOException e) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() < LEAST_ROOM
        ? new NoRoomException(
            "The disk with %s is full: make room, and try again.".formatted(folder), e)
        : e;
  }

  private final class FileDraft implements Draft {

    private final Path file;
    private final FileChannel channel;

    FileDraft(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      } catch (IOException e) {
        throw explained(e);
      }
    }

    @Override
    public void publish(BlobName name, BlobHeader header) throws IOException {
      try {
        ByteBuffer left = ByteBuffer.wrap(header.bytes());
        while (left.hasRemaining()) {
          channel.write(left, left.position());
        }
        channel.force(true);
        Files.move(file, path(name), StandardCopyOption.ATOMIC_MOVE);
        force(folder.resolve(name.kind().folder()));
      } catch (IOException e) {
        throw explained(e);
      }
    }

    /** One that was published isn't there any more. */
    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(file);
    }
  }

  private record FileBlob(FileChannel channel, BlobHeader header) implements Blob {

    @Override
    public void copyTo(OutputStream out, long offset, long length) throws IOException {
      var buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, length)));
      long at = BlobHeader.BYTES + offset;
      for (long left = length; left > 0; ) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        int read = channel.read(buffer, at);
        if (read < 0) {
          throw new IOException("An object ends too early: its file was cut.");
        }
        out.write(buffer.array(), 0, read);
        at += read;
        left -= read;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
