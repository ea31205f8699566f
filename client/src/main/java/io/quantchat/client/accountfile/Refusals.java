package io.quantchat.client.accountfile;

import io.quantchat.client.model.AccountFileException;
import io.quantchat.client.model.AccountFileException.Reason;

/** What is said of files that aren't taken; the browser's client says the same. */
final class Refusals {

  private Refusals() {}

  static AccountFileException noAccountFile() {
    return new AccountFileException(
        Reason.NO_ACCOUNT_FILE, "This isn't an account file of QuantChat: choose another file.");
  }

  static AccountFileException newer() {
    return new AccountFileException(
        Reason.NEWER, "A newer program made this account file: update this one first.");
  }

  static AccountFileException cost(Throwable cause) {
    return new AccountFileException(
        Reason.DAMAGED, "This account file is damaged: its key can't be derived.", cause);
  }

  static AccountFileException beginning(Throwable cause) {
    return new AccountFileException(
        Reason.WRONG_PASSPHRASE,
        "The passphrase is another one, or this account file is damaged at its beginning.",
        cause);
  }

  static AccountFileException damaged() {
    return damaged(null);
  }

  static AccountFileException damaged(Throwable cause) {
    return new AccountFileException(
        Reason.DAMAGED,
        "This account file is damaged: a part of it was altered, or its end is missing.",
        cause);
  }

  /**
   * @param line from 1 on
   */
  static AccountFileException senseless(long line, Throwable cause) {
    return new AccountFileException(
        Reason.DAMAGED,
        "This account file is damaged: its line " + line + " makes no sense.",
        cause);
  }

  static AccountFileException otherAccount(String email) {
    return new AccountFileException(
        Reason.OTHER_ACCOUNT, "This account file is another account's, " + email + ".");
  }

  static AccountFileException otherIdentity() {
    return new AccountFileException(
        Reason.OTHER_IDENTITY,
        "The account has another identity here than in this account file: what is here stays.");
  }

  static AccountFileException unreadable(Throwable cause) {
    return new AccountFileException(
        Reason.UNREADABLE,
        "The account file can't be read: look whether it is still there.",
        cause);
  }

  static AccountFileException unwritten(Throwable cause) {
    return new AccountFileException(
        Reason.UNREADABLE, "The account file can't be written: look whether there is room.", cause);
  }
}
