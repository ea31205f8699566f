package io.quantchat.client.pictures;

/**
 * A picture in memory.
 *
 * @param rgb row by row, 8 bits each of red, green and blue, opaque
 */
record Pixels(PixelSize size, int[] rgb) {

  /** The same picture, turned as it is to be shown. */
  Pixels turned(Orientation orientation) {
    if (orientation.isUpright()) {
      return this;
    }
    PixelSize shown = orientation.shown(size);
    int[] turned = new int[rgb.length];
    int next = 0;
    for (int y = 0; y < shown.height(); y++) {
      for (int x = 0; x < shown.width(); x++) {
        turned[next++] = rgb[orientation.index(x, y, shown)];
      }
    }
    return new Pixels(shown, turned);
  }

  /** The same picture, its longest side no longer than this: each pixel the mean of its area's. */
  Pixels within(int longest) {
    if (size.longest() <= longest) {
      return this;
    }
    return scaled(
        new PixelSize(
            Math.max(1, Math.round((float) size.width() * longest / size.longest())),
            Math.max(1, Math.round((float) size.height() * longest / size.longest()))));
  }

  private Pixels scaled(PixelSize to) {
    int[] scaled = new int[to.width() * to.height()];
    for (int y = 0; y < to.height(); y++) {
      int top = y * size.height() / to.height();
      int bottom = Math.max(top + 1, (y + 1) * size.height() / to.height());
      for (int x = 0; x < to.width(); x++) {
        int left = x * size.width() / to.width();
        int right = Math.max(left + 1, (x + 1) * size.width() / to.width());
        scaled[y * to.width() + x] = mean(left, top, right, bottom);
      }
    }
    return new Pixels(to, scaled);
  }

  private int mean(int left, int top, int right, int bottom) {
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int pixel = rgb[y * size.width() + x];
        red += pixel >> 16 & 0xff;
        green += pixel >> 8 & 0xff;
        blue += pixel & 0xff;
      }
    }
    long count = (long) (right - left) * (bottom - top);
    return (int) ((red / count) << 16 | (green / count) << 8 | blue / count);
  }
}
