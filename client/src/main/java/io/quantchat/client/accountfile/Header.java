package io.quantchat.client.accountfile;

import io.quantchat.client.model.StoreException;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.PassphraseKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** What stands in the clear at the beginning of an account file: how its key is derived. */
record Header(Argon2Cost cost, byte[] salt) {

  private static final byte[] MAGIC = "QuantChat account\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;
  private static final int SIZE = MAGIC.length + 1 + 3 * Integer.BYTES + PassphraseKey.SALT_SIZE;

  static Header fresh(Argon2Cost cost, SecureRandom random) {
    var salt = new byte[PassphraseKey.SALT_SIZE];
    random.nextBytes(salt);
    return new Header(cost, salt);
  }

  /** All of it: what is sealed behind it is sealed for it. */
  byte[] bytes() {
    return ByteBuffer.allocate(SIZE)
        .put(MAGIC)
        .put(VERSION)
        .putInt(cost.memoryKib())
        .putInt(cost.iterations())
        .putInt(cost.lanes())
        .put(salt)
        .array();
  }

  static Header read(InputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw Refusals.noAccountFile();
    }
    int version = in.read();
    if (version > VERSION) {
      throw Refusals.newer();
    }
    byte[] rest = in.readNBytes(SIZE - MAGIC.length - 1);
    if (version != VERSION || rest.length < SIZE - MAGIC.length - 1) {
      throw Refusals.damaged(new EOFException());
    }
    var numbers = ByteBuffer.wrap(rest);
    try {
      var cost = new Argon2Cost(numbers.getInt(), numbers.getInt(), numbers.getInt());
      var salt = new byte[PassphraseKey.SALT_SIZE];
      numbers.get(salt);
      return new Header(cost, salt);
    } catch (StoreException outOfBounds) {
      throw Refusals.cost(outOfBounds);
    }
  }
}
