package io.quantchat.client.store;

import io.quantchat.client.model.FileState;
import io.quantchat.crypto.PixelSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a message's file: what it is, how it is sealed, and how far it is. */
public record FileEntry(About about, Ciphertext sealed, Way way) {

  /**
   * What it is.
   *
   * @param digest SHA-256 of the file itself, in hexadecimal, where it was ever read here
   */
  public record About(
      String name,
      String type,
      long size,
      Optional<PixelSize> pixels,
      Optional<byte[]> thumbnail,
      Optional<String> blurhash,
      Optional<String> digest) {

    private Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("name", name);
      map.put("type", type);
      map.put("size", size);
      pixels.ifPresent(
          is -> {
            map.put("width", (long) is.width());
            map.put("height", (long) is.height());
          });
      thumbnail.ifPresent(is -> map.put("thumbnail", text(is)));
      blurhash.ifPresent(is -> map.put("blurhash", is));
      digest.ifPresent(is -> map.put("digest", is));
      return map;
    }

    private static About of(Map<String, Object> map) {
      return new About(
          (String) map.get("name"),
          (String) map.get("type"),
          number(map, "size"),
          map.containsKey("width")
              ? Optional.of(new PixelSize((int) number(map, "width"), (int) number(map, "height")))
              : Optional.empty(),
          optional(map, "thumbnail").map(FileEntry::bytes),
          optional(map, "blurhash"),
          optional(map, "digest"));
    }
  }

  /**
   * How it is sealed.
   *
   * @param size bytes of the sealed file
   * @param sha256 of it
   * @param parts SHA-256 of each part of 8 MiB; none of a file of somebody else's
   */
  public record Ciphertext(byte[] key, long size, byte[] sha256, List<byte[]> parts) {

    private Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("key", text(key));
      map.put("size", size);
      map.put("sha256", text(sha256));
      map.put("parts", parts.stream().map(FileEntry::text).toList());
      return map;
    }

    private static Ciphertext of(Map<String, Object> map) {
      var parts = new ArrayList<byte[]>();
      ((List<?>) map.get("parts")).forEach(part -> parts.add(bytes((String) part)));
      return new Ciphertext(
          bytes((String) map.get("key")),
          number(map, "size"),
          bytes((String) map.get("sha256")),
          List.copyOf(parts));
    }
  }

  /**
   * How far it is.
   *
   * @param mediaId the server's, once it has given one
   * @param done bytes that the server has acknowledged
   * @param until when the server forgets it
   * @param deletionDue whether the server is still to be told that it may forget it
   */
  public record Way(
      FileState state,
      Optional<String> mediaId,
      long done,
      Optional<Instant> until,
      boolean deletionDue,
      Optional<String> fault) {

    /** Of a file that waits to be sent. */
    public static Way waiting() {
      return new Way(
          FileState.WAITING, Optional.empty(), 0, Optional.empty(), false, Optional.empty());
    }

    public Way in(FileState next) {
      return new Way(next, mediaId, done, until, deletionDue, fault);
    }

    public Way begun(String id, Optional<Instant> expires) {
      return new Way(FileState.UPLOADING, Optional.of(id), 0, expires, false, Optional.empty());
    }

    public Way done(long bytes) {
      return new Way(state, mediaId, bytes, until, deletionDue, fault);
    }

    public Way deletionDue(boolean due) {
      return new Way(state, mediaId, done, until, due, fault);
    }

    public Way gone(String why) {
      return new Way(FileState.GONE, mediaId, 0, until, false, Optional.of(why));
    }

    private Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("state", state.name());
      mediaId.ifPresent(is -> map.put("media_id", is));
      map.put("done", done);
      until.ifPresent(is -> map.put("until", is.toEpochMilli()));
      map.put("deletion_due", deletionDue);
      fault.ifPresent(is -> map.put("fault", is));
      return map;
    }

    private static Way of(Map<String, Object> map) {
      return new Way(
          FileState.valueOf((String) map.get("state")),
          optional(map, "media_id"),
          number(map, "done"),
          map.containsKey("until")
              ? Optional.of(Instant.ofEpochMilli(number(map, "until")))
              : Optional.empty(),
          Boolean.TRUE.equals(map.get("deletion_due")),
          optional(map, "fault"));
    }
  }

  Map<String, Object> toMap() {
    return Map.of("about", about.toMap(), "sealed", sealed.toMap(), "way", way.toMap());
  }

  static FileEntry of(Map<String, Object> map) {
    return new FileEntry(
        About.of(object(map, "about")),
        Ciphertext.of(object(map, "sealed")),
        Way.of(object(map, "way")));
  }

  @SuppressWarnings("unchecked") // As toMap() wrote it.
  private static Map<String, Object> object(Map<String, Object> map, String name) {
    return (Map<String, Object>) map.get(name);
  }

  private static long number(Map<String, Object> map, String name) {
    return ((Number) map.get(name)).longValue();
  }

  private static Optional<String> optional(Map<String, Object> map, String name) {
    return Optional.ofNullable((String) map.get(name));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "FileEntry[" + way.state() + "]";
  }
}
