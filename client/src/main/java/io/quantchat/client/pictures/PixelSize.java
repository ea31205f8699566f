package io.quantchat.client.pictures;

/** How large a picture is, in pixels: as it is stored, not as it is turned. */
public record PixelSize(int width, int height) {

  /** The same picture on its side. */
  PixelSize turned() {
    return new PixelSize(/* width= */ height, /* height= */ width);
  }

  long pixels() {
    return (long) width * height;
  }

  int longest() {
    return Math.max(width, height);
  }

  boolean isEmpty() {
    return width <= 0 || height <= 0;
  }
}
