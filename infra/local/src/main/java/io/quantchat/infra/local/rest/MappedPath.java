package io.quantchat.infra.local.rest;

import java.util.Optional;

/**
 * A request's path behind the base path that the API is mapped to.
 *
 * @param route what routes are matched against
 * @param path as events show it: behind the base path, slashes doubled between the two gone
 * @param contextPath as {@code requestContext} shows it: with them
 */
record MappedPath(String route, String path, String contextPath) {

  /**
   * @param mount the base path, such as {@code /api/v1}
   * @param sent the path as sent
   * @return empty if the path isn't below the base path
   */
  static Optional<MappedPath> of(String mount, String sent) {
    String clean = oneSlash(sent);
    if (!clean.equals(mount) && !clean.startsWith(mount + "/")) {
      return Optional.empty();
    }
    String below = clean.substring(mount.length());
    String route = oneSlash(below);
    return Optional.of(new MappedPath(route, below.isEmpty() ? mount : mount + route, clean));
  }

  private static String oneSlash(String path) {
    int first = 0;
    while (first < path.length() && path.charAt(first) == '/') {
      first++;
    }
    return "/" + path.substring(first);
  }
}
