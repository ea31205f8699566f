package io.quantchat.cli;

import io.quantchat.crypto.SafetyNumber;

/** A safety number as two people compare it: twelve groups of five digits, in three rows. */
final class SafetyDigits {

  private static final int GROUPS_IN_ROW = 4;

  private SafetyDigits() {}

  static String inRows(SafetyNumber number) {
    String[] groups = number.spacedDigits().split(" ", -1);
    var rows = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      rows.append(i % GROUPS_IN_ROW == 0 ? "  " : " ").append(groups[i]);
      if (i % GROUPS_IN_ROW == GROUPS_IN_ROW - 1 && i < groups.length - 1) {
        rows.append('\n');
      }
    }
    return rows.toString();
  }
}
