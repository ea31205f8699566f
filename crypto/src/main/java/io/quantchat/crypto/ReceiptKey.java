package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What the two ends of one message prove its receipts with, and nobody between them can: {@code K_r
 * = Expand(CEK, "receipt" ‖ TH)}. It opens nothing, and proves nothing of another message.
 *
 * <p>It doesn't tell the two ends from one another: the sender can make a proof as well, and has
 * nobody to show it to.
 */
public final class ReceiptKey implements AutoCloseable {

  private static final byte[] INFO = "receipt".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of a proof. */
  public static final int PROOF_SIZE = Hash.SIZE;

  private final Suite suite;
  private final Secret key;

  private ReceiptKey(Suite suite, Secret key) {
    this.suite = suite;
    this.key = key;
  }

  /**
   * @param contentKey CEK
   * @param hash TH
   */
  static ReceiptKey of(Suite suite, Secret contentKey, byte[] hash) {
    byte[] info = org.bouncycastle.util.Arrays.concatenate(INFO, hash);
    return new ReceiptKey(suite, suite.kdf().expand(contentKey, info, Hash.SIZE));
  }

  /**
   * One that was kept.
   *
   * @param kept as {@link #toSecret} gave it; the caller closes it
   * @throws RefusedException TRUNCATED, or UNKNOWN_SUITE
   */
  public static ReceiptKey of(Secret kept) {
    byte[] bytes = kept.bytes();
    RefusedException.require(bytes.length > Hash.SIZE, Refusal.TRUNCATED, "receipt key");
    String version =
        new String(bytes, Hash.SIZE, bytes.length - Hash.SIZE, StandardCharsets.US_ASCII);
    Suite suite =
        Arrays.stream(Suite.values())
            .filter(one -> one.version().equals(version))
            .findFirst()
            .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_SUITE, "receipt key"));
    return new ReceiptKey(suite, kept.slice(0, Hash.SIZE));
  }

  /** The key to keep: its 32 bytes, and the suite's name. The caller closes it. */
  public Secret toSecret() {
    byte[] version = suite.version().getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(key.bytes(), Hash.SIZE + version.length);
    System.arraycopy(version, 0, bytes, Hash.SIZE, version.length);
    return Secret.owning(bytes);
  }

  /** Proves that the message has come so far: {@code HMAC(K_r, LP(receipt, message id))}. */
  public byte[] prove(Receipt receipt, UUID messageId) {
    byte[] told = new Transcript().add(receipt.wireName()).add(messageId).toBytes();
    var mac = new HMac(suite.hash().newDigest());
    mac.init(new KeyParameter(key.bytes()));
    mac.update(told, 0, told.length);
    var proof = new byte[PROOF_SIZE];
    mac.doFinal(proof, 0);
    return proof;
  }

  /** Whether that is the proof. Takes the same time whatever it is. */
  public boolean proves(Receipt receipt, UUID messageId, byte[] claimed) {
    return MessageDigest.isEqual(prove(receipt, messageId), claimed);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "ReceiptKey";
  }

  @Override
  public void close() {
    key.close();
  }
}
