package io.quantchat.cli;

import io.quantchat.client.model.FileState;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says to people what files a message has, and how far they are. */
final class FileLines {

  /** So much of an id's end tells it from others. */
  static final int SHORT_ID = 8;

  private static final String[] UNITS = {"bytes", "kB", "MB"};
  private static final int THOUSAND = 1_000;

  private final Times times;

  FileLines(Times times) {
    this.times = times;
  }

  /** A line for each file, and how to save them; empty where there are none. */
  String of(Message message, List<MessageFile> files) {
    String lines = files.stream().map(this::line).collect(Collectors.joining("\n"));
    boolean isSavable =
        message.isIncoming() && files.stream().anyMatch(file -> file.state() != FileState.GONE);
    return isSavable ? lines + "\nto save: quantchat save " + shortId(message) : lines;
  }

  private String line(MessageFile file) {
    return "[file %d: %s, %s, %s]"
        .formatted(file.number(), Printable.line(file.name()), size(file.size()), state(file));
  }

  /** How far it is. */
  String state(MessageFile file) {
    return switch (file.state()) {
      case WAITING -> "waits to be sent";
      case UPLOADING -> percent(file) + " sent";
      case SENT -> "sent";
      case ON_SERVER ->
          "on the server"
              + file.until().map(until -> " until " + times.dateAndMinute(until)).orElse("");
      case FETCHING -> percent(file) + " fetched";
      case HERE -> "here";
      case GONE -> "gone" + file.fault().map(why -> ": " + Printable.line(why)).orElse("");
    };
  }

  static String percent(MessageFile file) {
    return file.total() == 0 ? "0 %" : file.done() * 100 / file.total() + " %";
  }

  static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= THOUSAND && unit < UNITS.length - 1) {
      amount /= THOUSAND;
      unit++;
    }
    return unit == 0
        ? bytes + " " + UNITS[0]
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  static String shortId(Message message) {
    String id = message.id().toString();
    return id.substring(id.length() - SHORT_ID);
  }
}
