package io.quantchat.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The ends that the program has, so that scripts know what to do next. */
enum Exit {
  DONE(0, "done"),
  FAILED(1, "it failed, as the one line on stderr says"),
  USAGE(2, "the command can't be understood, or lacks something"),
  LOGIN_REQUIRED(3, "there is no session, or it has ended: log in"),
  UNREACHABLE(4, "the server can't be reached, or can't answer now"),
  REFUSED(5, "the server refuses it"),
  ENCRYPTION(6, "refused for safety, as when a contact's identity has changed"),
  KEPT(7, "a message isn't sent yet; it is kept and goes out later: don't send it again");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /** All of them for a help text: code and meaning, in order. */
  static Map<String, String> meanings() {
    return Arrays.stream(values())
        .collect(
            Collectors.toMap(
                exit -> " " + exit.code,
                exit -> exit.meaning,
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
