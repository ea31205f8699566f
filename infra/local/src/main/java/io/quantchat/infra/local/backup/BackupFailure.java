package io.quantchat.infra.local.backup;

/** Why there is no backup: one sentence that says what to do. */
public final class BackupFailure extends Exception {

  public BackupFailure(String sentence) {
    super(sentence);
  }

  BackupFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
