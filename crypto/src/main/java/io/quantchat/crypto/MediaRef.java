package io.quantchat.crypto;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is said of a file outside the message, where the server reads it and the signatures cover
 * it.
 *
 * @param mediaId the server's, 32 random bytes: 43 characters of base64url
 * @param size bytes of the sealed file
 * @param sha256 of the sealed file
 */
public record MediaRef(String mediaId, long size, byte[] sha256) {

  /** The last character holds the last four bits: the two others of it are 0. */
  private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private static final String ID = "id";
  private static final String SIZE = "size";
  private static final String SHA256 = "sha256";

  /**
   * @throws RefusedException MALFORMED, TRUNCATED or EXTENDED
   */
  public MediaRef {
    requireId(MediaRefs.FIELD + "." + ID, mediaId);
    RefusedException.require(size >= 1, Refusal.TRUNCATED, MediaRefs.FIELD + "." + SIZE);
    RefusedException.requireSize(MediaRefs.FIELD + "." + SHA256, sha256.length, Hash.SIZE);
  }

  static MediaRef from(WireFields fields) {
    return new MediaRef(fields.text(ID), fields.number(SIZE), fields.bytes(SHA256, Hash.SIZE));
  }

  static void requireId(String field, String mediaId) {
    RefusedException.require(ID_FORM.matcher(mediaId).matches(), Refusal.MALFORMED, field);
  }

  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(ID, mediaId);
    map.put(SIZE, size);
    map.put(SHA256, Base64Text.encode(sha256));
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MediaRef ref
        && mediaId.equals(ref.mediaId)
        && size == ref.size
        && Arrays.equals(sha256, ref.sha256);
  }

  @Override
  public int hashCode() {
    return mediaId.hashCode();
  }
}
