package io.quantchat.client;

import io.quantchat.client.model.Message;
import io.quantchat.crypto.Mode;
import io.quantchat.crypto.Suite;

/** The details of a message that tell of its encryption, in the names of the wire. */
final class Details {

  static final String VERSION = "crypto_version";
  static final String ENCRYPTION = "encryption_algorithm";
  static final String KDF = "kdf_algorithm";
  static final String MODE = "mode";

  private Details() {}

  static Message of(Message message, Suite suite, Mode mode) {
    return message
        .with(VERSION, suite.version())
        .with(ENCRYPTION, suite.encryptionAlgorithm())
        .with(KDF, suite.kdf().wireName())
        .with(MODE, mode.wireName());
  }
}
