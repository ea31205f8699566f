package io.quantchat.client.store;

/** Is told of transactions, from their beginning to their end. */
interface TransactionObserver {

  TransactionObserver NOBODY =
      new TransactionObserver() {
        @Override
        public Runnable mark() {
          return () -> {};
        }

        @Override
        public void committing() {
          // Nobody minds.
        }

        @Override
        public void committed() {
          // Nobody minds.
        }
      };

  /** What takes it back to where it is now, for what is written from now on is undone. */
  Runnable mark();

  /** Writes what belongs in the transaction, at its end. */
  void committing();

  /** It is in the file. */
  void committed();
}
