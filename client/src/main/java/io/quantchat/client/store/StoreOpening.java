package io.quantchat.client.store;

import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A store on its way from a file to one that is open: made, brought to this version, or checked.
 * Each is one transaction, so that who dies in it finds what was there before.
 */
record StoreOpening(RowCipher cipher, Ledger ledger) {

  static StoreOpening open(
      Path file,
      Database database,
      Vault vault,
      char[] passphrase,
      Argon2Cost cost,
      SecureRandom random) {
    long version = database.version();
    if (version == 0) {
      return database.transaction(
          () -> {
            database.define(Schema.TABLES);
            return begun(file, database, vault.make(passphrase, cost), random);
          });
    }
    // Who died before what was deleted was overwritten has it done now.
    database.settleIfPossible();
    StoreKey key = vault.unlock(passphrase, version);
    database.check();
    if (version == Schema.VERSION) {
      RowCipher cipher = key.cipher(random);
      return new StoreOpening(cipher, Ledger.goOn(database, key, cipher, file));
    }
    // The program of then left more behind than this one does.
    database.settleAll();
    Argon2Cost itsOwn = vault.cost();
    return database.transaction(
        () -> {
          database.define(Schema.FROM_V1);
          vault.replace(key, passphrase, itsOwn);
          return begun(file, database, key, random);
        });
  }

  private static StoreOpening begun(
      Path file, Database database, StoreKey key, SecureRandom random) {
    RowCipher cipher = key.cipher(random);
    return new StoreOpening(cipher, Ledger.begin(database, key, cipher, file));
  }
}
