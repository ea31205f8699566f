package io.quantchat.crypto;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.Arrays;

/**
 * A hash tree over a batch. Leaves, inner nodes and the fillers that bring their number to a power
 * of two are hashed behind different first bytes, so that none can pass for another (RFC 9162 §2.1
 * on why); a leaf holds its index, and a path is exactly as long as the tree is high.
 */
final class MerkleTree {

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};
  private static final byte[] FILLER = Hash.OF_DIRECTORY.of(new byte[] {2});

  /** From the leaves up; each half as long as the one below, the last the root alone. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  /**
   * @param leaves hashes from {@link #leaf}, at least one
   */
  MerkleTree(List<byte[]> leaves) {
    var level = new ArrayList<>(leaves);
    while (level.size() < 1 << heightOf(leaves.size())) {
      level.add(FILLER);
    }
    levels.add(level);
    while (levels.getLast().size() > 1) {
      List<byte[]> below = levels.getLast();
      var above = new ArrayList<byte[]>();
      for (int i = 0; i < below.size(); i += 2) {
        above.add(node(below.get(i), below.get(i + 1)));
      }
      levels.add(above);
    }
  }

  byte[] root() {
    return levels.getLast().getFirst();
  }

  /** The siblings on the way from a leaf to the root. */
  List<byte[]> path(int index) {
    var path = new ArrayList<byte[]>();
    for (int height = 0; height < levels.size() - 1; height++) {
      path.add(levels.get(height).get((index >> height) ^ 1));
    }
    return List.copyOf(path);
  }

  /** The hash of a leaf. */
  static byte[] leaf(int index, OneTimePrekey prekey) {
    Transcript content =
        new Transcript()
            .add((long) index)
            .add(prekey.id().text())
            .add(prekey.ecdh().encoded())
            .add(prekey.mlKem().encoded());
    return Hash.OF_DIRECTORY.of(Arrays.concatenate(LEAF, content.toBytes()));
  }

  /** The root that a leaf and its path lead to. */
  static byte[] climb(byte[] leaf, int index, List<byte[]> path) {
    byte[] hash = leaf;
    for (int height = 0; height < path.size(); height++) {
      boolean right = (index >> height & 1) == 1;
      byte[] sibling = path.get(height);
      hash = right ? node(sibling, hash) : node(hash, sibling);
    }
    return hash;
  }

  /** Levels above the leaves: the logarithm of their number, rounded up. */
  static int heightOf(int leaves) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(leaves - 1);
  }

  private static byte[] node(byte[] left, byte[] right) {
    return Hash.OF_DIRECTORY.of(Arrays.concatenate(NODE, left, right));
  }
}
