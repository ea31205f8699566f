package io.quantchat.crypto;

/** Pixels of a picture, each way 1 to {@value #MOST}. */
public record PixelSize(int width, int height) {

  public static final int MOST = 65_535;

  /**
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public PixelSize {
    RefusedException.requireSize(FilesForm.FIELD + ".width", width, 1, MOST);
    RefusedException.requireSize(FilesForm.FIELD + ".height", height, 1, MOST);
  }
}
