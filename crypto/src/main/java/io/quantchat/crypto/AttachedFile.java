package io.quantchat.crypto;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a message, as the message itself says it. All of it is the sender's word: a name may
 * climb or deceive, a type be another than the file's.
 *
 * @param mediaId the server's, 32 random bytes: 43 characters of base64url
 * @param key what the file is sealed under
 * @param name 1 to {@value #MOST_NAME} bytes of UTF-8
 * @param type a media type (RFC 6838) without parameters, at most {@value #MOST_TYPE} characters
 * @param size bytes of the file, at most {@link FileSealer#MOST_SIZE}
 * @param pixels of a picture or a film
 * @param blurhash 1 to {@value #MOST_BLURHASH} characters of its alphabet (base 83)
 */
public record AttachedFile(
    String mediaId,
    FileKey key,
    String name,
    String type,
    long size,
    Optional<PixelSize> pixels,
    Optional<Thumbnail> thumbnail,
    Optional<String> blurhash) {

  public static final int MOST_NAME = 255;
  public static final int MOST_TYPE = 100;
  public static final int MOST_BLURHASH = 64;

  private static final String FIELD = FilesForm.FIELD + ".";
  private static final Pattern TYPE =
      Pattern.compile("%1$s/%1$s".formatted("[\\w&&[^_]][\\w!#$&^.+-]*"));
  private static final Pattern BLURHASH = Pattern.compile("[\\w#$%*+,\\-.:;=?@\\[\\]^{|}~]+");

  /**
   * @throws RefusedException MALFORMED, TRUNCATED or EXTENDED
   */
  public AttachedFile {
    MediaRef.requireId(FIELD + FilesForm.ID, mediaId);
    RefusedException.requireSize(
        FIELD + FilesForm.NAME, Utf8Text.encode(FIELD + FilesForm.NAME, name).length, 1, MOST_NAME);
    requireForm(FIELD + FilesForm.TYPE, type, MOST_TYPE, TYPE);
    RefusedException.require(size >= 0, Refusal.TRUNCATED, FIELD + FilesForm.SIZE);
    RefusedException.require(
        size <= FileSealer.MOST_SIZE, Refusal.EXTENDED, FIELD + FilesForm.SIZE);
    blurhash.ifPresent(
        text -> requireForm(FIELD + FilesForm.BLURHASH, text, MOST_BLURHASH, BLURHASH));
  }

  private static void requireForm(String field, String text, int most, Pattern form) {
    RefusedException.requireSize(field, text.length(), 1, most);
    RefusedException.require(form.matcher(text).matches(), Refusal.MALFORMED, field);
  }

  /**
   * What is said of the file outside.
   *
   * @param sha256 of the sealed file
   */
  public MediaRef ref(byte[] sha256) {
    return new MediaRef(mediaId, FileSealer.sealedSize(size), sha256);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "AttachedFile[" + mediaId + "]";
  }
}
