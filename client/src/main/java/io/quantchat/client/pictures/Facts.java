package io.quantchat.client.pictures;

import java.util.Optional;

/**
 * What was seen of a picture on the way.
 *
 * @param size as it is stored; absent where the format doesn't say it where it was looked for
 * @param isInPasses whether it comes coarse first, then finer, and so takes more memory to decode
 */
public record Facts(Optional<PixelSize> size, Orientation orientation, boolean isInPasses) {

  static final Facts UNKNOWN = new Facts(Optional.empty(), Orientation.UPRIGHT, false);

  /** How large it is when it is shown. */
  Optional<PixelSize> shown() {
    return size.filter(stored -> !stored.isEmpty()).map(orientation::shown);
  }

  Facts with(PixelSize seen) {
    return size.isPresent() ? this : new Facts(Optional.of(seen), orientation, isInPasses);
  }

  Facts with(Orientation seen) {
    return new Facts(size, seen, isInPasses);
  }

  Facts inPasses() {
    return new Facts(size, orientation, true);
  }
}
