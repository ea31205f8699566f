package io.quantchat.cli.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the socket of an account can be: in a folder that is its owner's alone, at a path that
 * isn't too long for the system.
 *
 * @param socket its path
 */
public record SocketPlace(Path socket) {

  /** Bytes; Linux takes 107, macOS 103. */
  static final int LONGEST_PATH = 103;

  /** What a socket's name ends with. */
  public static final String SUFFIX = ".sock";

  private static final String IN_RUNTIME = "quantchat";
  private static final String BESIDE_STORE = ".quantchat";
  private static final int NAME_BYTES = 8;
  private static final Path PROCESS = Path.of("/proc/self");

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  /** Whether this system has what a socket needs: files with owners and permissions. */
  public static boolean isSupported(Path store) {
    return store.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * The places of an account's socket, the best first: who holds the account takes the first that
   * it can, who looks for it looks at each.
   *
   * @param runtime the folder of {@code XDG_RUNTIME_DIR}: the system removes it at the logout
   * @param temporary everybody's
   */
  public static List<SocketPlace> of(Path store, Optional<Path> runtime, Path temporary) {
    if (!isSupported(store)) {
      return List.of();
    }
    Path real = real(store);
    String name = name(real);
    var places = new ArrayList<SocketPlace>();
    runtime
        .filter(Path::isAbsolute)
        .map(folder -> folder.resolve(IN_RUNTIME).resolve(name))
        .ifPresent(path -> places.add(new SocketPlace(path)));
    places.add(new SocketPlace(real.resolveSibling(BESIDE_STORE).resolve(name)));
    places.add(
        new SocketPlace(
            temporary.resolve(IN_RUNTIME + "-" + System.getProperty("user.name")).resolve(name)));
    return places.stream().filter(SocketPlace::isShortEnough).toList();
  }

  /**
   * The places where there are sockets of whichever accounts: of those whose stores lie in a
   * folder, of those named, and of all that aren't beside their stores.
   */
  public static List<SocketPlace> all(
      Path accounts, List<Path> stores, Optional<Path> runtime, Path temporary) {
    return Stream.concat(
            stores.stream().flatMap(store -> of(store, runtime, temporary).stream()),
            of(accounts.resolve("any"), runtime, temporary).stream()
                .map(place -> place.socket.getParent())
                .flatMap(folder -> in(folder).stream()))
        .distinct()
        .toList();
  }

  private static List<SocketPlace> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).map(SocketPlace::new).toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** The same store has one name, by whichever links it is reached. */
  private static Path real(Path store) {
    try {
      return store.toRealPath();
    } catch (IOException e) {
      return store.toAbsolutePath().normalize();
    }
  }

  private static String name(Path store) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(store.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, NAME_BYTES) + SUFFIX;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isShortEnough() {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
  }

  /** Whether there may be somebody to ask: a socket in a folder that nobody else can write into. */
  boolean isThere() {
    return Files.exists(socket, LinkOption.NOFOLLOW_LINKS) && isSafe(socket.getParent());
  }

  /**
   * Makes the folder, for its owner alone.
   *
   * @throws IOException where it can't be, or is open to others
   */
  void prepare() throws IOException {
    Path folder = socket.getParent();
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException there) {
      // Then it must be safe as it is.
    }
    if (!isSafe(folder)) {
      throw new IOException("The folder " + folder + " is open to others: run 'chmod 700' on it.");
    }
  }

  private static boolean isSafe(Path folder) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isDirectory()
          && attributes.owner().equals(self())
          && attributes.permissions().stream().noneMatch(OF_OTHERS::contains);
    } catch (IOException e) {
      return false;
    }
  }

  /** Who runs this program: whose its process is where that shows, else whose its files are. */
  static UserPrincipal self() throws IOException {
    if (Files.exists(PROCESS)) {
      return Files.getOwner(PROCESS);
    }
    Path mine = Files.createTempFile("quantchat", null);
    try {
      return Files.getOwner(mine);
    } finally {
      Files.delete(mine);
    }
  }
}
