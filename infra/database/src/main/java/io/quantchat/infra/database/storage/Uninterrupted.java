package io.quantchat.infra.database.storage;

/** Waits to the end, for whoever may not go away before; that it was interrupted it notes. */
final class Uninterrupted {

  @FunctionalInterface
  interface Wait {
    void run() throws InterruptedException;
  }

  private Uninterrupted() {}

  static void join(Thread thread) {
    await(thread::join);
  }

  /**
   * @param wait is begun anew where it was interrupted
   */
  static void await(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
