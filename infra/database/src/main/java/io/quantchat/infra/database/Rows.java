package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.Storage;

/** What a read sees of a table. */
interface Rows {

  byte[] get(Table table, byte[] place);

  void scan(Table table, Storage.Range range, Storage.Reader reader);

  /** What is committed. */
  static Rows committed(Storage storage) {
    return new Rows() {
      @Override
      public byte[] get(Table table, byte[] place) {
        return storage.get(table.space(), place);
      }

      @Override
      public void scan(Table table, Storage.Range range, Storage.Reader reader) {
        storage.scan(table.space(), range, reader);
      }
    };
  }
}
