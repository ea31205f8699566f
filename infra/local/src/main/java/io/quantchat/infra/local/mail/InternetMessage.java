package io.quantchat.infra.local.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A mail as it travels (RFC 5322), in plain text. Nothing that a header is given can begin another
 * header: a control character ends the attempt.
 *
 * @param id what stands before the {@code @} of its Message-ID
 */
record InternetMessage(
    String from, String to, String subject, String content, Instant date, String id) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Its text, with lines ended by CR and LF. */
  String text() {
    return header("From", from)
        + header("To", to)
        + header("Subject", subject)
        + header("Date", DATE.format(date))
        + header("Message-ID", "<" + id + from.substring(from.lastIndexOf('@')) + ">")
        // RFC 3834: no machine answers it.
        + header("Auto-Submitted", "auto-generated")
        + header("MIME-Version", "1.0")
        + header("Content-Type", "text/plain; charset=utf-8")
        + header("Content-Transfer-Encoding", "8bit")
        + "\r\n"
        + content.replace("\r", "").replace("\n", "\r\n");
  }

  private static String header(String name, String value) {
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A control character in the header " + name);
    }
    return name + ": " + value + "\r\n";
  }
}
