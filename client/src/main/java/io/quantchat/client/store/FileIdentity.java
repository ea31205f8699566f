package io.quantchat.client.store;

import io.quantchat.client.model.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * Which file of a file system it is, under whatever name: its inode, and when that was made. The
 * device isn't part of it, for its number differs from one mount to the next.
 *
 * @param made nothing where the file system doesn't say
 */
record FileIdentity(String inode, Optional<Instant> made) {

  private static final String SEPARATOR = "@";

  /** Nothing where files have no identity. */
  static Optional<FileIdentity> of(Path file) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Optional.empty();
    }
    try {
      String inode = Files.getAttribute(file, "unix:ino").toString();
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      // Where it isn't known, Java gives the time of the last change in its place.
      Optional<Instant> made =
          Optional.of(attributes.creationTime())
              .filter(time -> !time.equals(attributes.lastModifiedTime()))
              .map(time -> time.toInstant());
      return Optional.of(new FileIdentity(inode, made));
    } catch (IOException e) {
      throw new StoreException("The store's file can't be looked at: check its folder.", e);
    }
  }

  boolean isAnotherThan(FileIdentity other) {
    boolean anotherTime = made.isPresent() && other.made.isPresent() && !made.equals(other.made);
    return anotherTime || !inode.equals(other.inode);
  }

  String text() {
    return inode + SEPARATOR + made.map(Instant::toString).orElse("");
  }

  static FileIdentity fromText(String text) {
    int at = text.indexOf(SEPARATOR);
    return new FileIdentity(
        text.substring(0, at),
        Optional.of(text.substring(at + 1)).filter(made -> !made.isEmpty()).map(Instant::parse));
  }
}
