package io.quantchat.crypto;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is inside a message. To a program whose bundle doesn't list {@link #CAPABILITY} it is a text
 * in UTF-8 and nothing else; to others it begins with 0xFF, which no UTF-8 has. The package's
 * description has the form.
 */
public sealed interface Content {

  /** The ability to read all of this, in a bundle's capabilities. */
  String CAPABILITY = "content-1";

  /** The ability to fetch and open files, in a bundle's capabilities. */
  String FILES = "files-1";

  /** Files of a message. */
  int MOST_FILES = 10;

  /** Numbers that never come, in spans: the newest of them are told. */
  int MOST_VOID = 32;

  /** Messages that one is instead of. */
  int MOST_REPLACED = 8;

  /** Messages that are asked for at once, by their ids. */
  int MOST_IDS = 64;

  /** Numbers that are asked for at once, in spans. */
  int MOST_SPANS = 64;

  /** Whether a program with these capabilities reads more than plain texts. */
  static boolean isReadBy(Capabilities capabilities) {
    return capabilities.names().contains(CAPABILITY);
  }

  /** Whether a program with these capabilities takes files: to another one none is sent. */
  static boolean takesFiles(Capabilities capabilities) {
    return isReadBy(capabilities) && capabilities.names().contains(FILES);
  }

  /** A text as every program reads it. What isn't UTF-8 in it is shown as U+FFFD. */
  record Plain(String text) implements Content {}

  /**
   * A text with what makes a gap, or a message that came in two forms, visible, and files.
   *
   * @param text may be empty where there are files
   * @param place among those to the same recipient
   * @param noMore numbers of the same epoch that will never come; at most {@link #MOST_VOID} spans
   * @param replaces messages that this is instead of, oldest first; at most {@link #MOST_REPLACED}
   * @param written when the text was written, where that isn't when it was sealed
   * @param files each once; at most {@link #MOST_FILES}, their thumbnails together at most {@link
   *     Thumbnail#MOST} bytes. The message's media refs say the same of them
   */
  record Text(
      String text,
      StreamPlace place,
      Numbers noMore,
      List<Replaced> replaces,
      Optional<Instant> written,
      List<AttachedFile> files)
      implements Content {

    /**
     * @throws RefusedException EXTENDED, or MALFORMED for a file twice
     */
    public Text {
      replaces = List.copyOf(replaces);
      files = List.copyOf(files);
      RefusedException.require(
          noMore.spans().size() <= MOST_VOID && replaces.size() <= MOST_REPLACED,
          Refusal.EXTENDED,
          ContentForm.FIELD);
      FilesForm.requireTogether(files);
    }

    /** One without files. */
    public Text(
        String text,
        StreamPlace place,
        Numbers noMore,
        List<Replaced> replaces,
        Optional<Instant> written) {
      this(text, place, noMore, replaces, written, List.of());
    }

    /**
     * As it is sealed; nothing where that is longer than a message may be: then it goes plain. What
     * has files can't: it has to be split.
     *
     * @throws RefusedException MALFORMED for half a surrogate pair; EXTENDED for a text with files
     *     that is too long
     */
    public Optional<byte[]> encode() {
      return ContentForm.of(this);
    }

    /** Never what is inside. */
    @Override
    public String toString() {
      return "Text[" + place + "]";
    }
  }

  /** A message that another is instead of, and where it stood, if it had a place. */
  record Replaced(UUID messageId, Optional<StreamPlace> place) {}

  /**
   * Asks for messages to be sealed again: those with the ids, and those with the numbers, and all
   * that were sent after one.
   *
   * @param reason why, for people: {@link Reason}'s name, or another one of a program to come
   */
  record Again(String reason, List<UUID> ids, Optional<OfEpoch> numbers, Optional<After> after)
      implements Content {

    public Again {
      ids = List.copyOf(ids);
      RefusedException.require(
          ids.size() <= MOST_IDS
              && numbers.map(asked -> asked.numbers().spans().size()).orElse(0) <= MOST_SPANS,
          Refusal.EXTENDED,
          ContentForm.FIELD);
      RefusedException.require(
          !ids.isEmpty() || numbers.isPresent() || after.isPresent(),
          Refusal.MISSING,
          ContentForm.FIELD);
    }

    /** As it is sealed. */
    public byte[] encode() {
      return ContentForm.of(this);
    }
  }

  /** Why messages are asked for again. */
  enum Reason {
    /** They came, and can't be opened. */
    UNOPENED("unopened"),
    /** Their numbers are missing. */
    MISSING("missing"),
    /** The store came back from a copy, and lacks what came since. */
    COPY("copy");

    private final String wireName;

    Reason(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** Numbers of one epoch. */
  record OfEpoch(UUID epoch, Numbers numbers) {}

  /** All that was sent after a place, later epochs included; after nothing, all that has one. */
  record After(Optional<StreamPlace> place) {}

  /**
   * Reads what was sealed.
   *
   * @throws RefusedException MALFORMED, MISSING or EXTENDED; UNKNOWN_CONTENT for a kind of a
   *     program to come
   */
  static Content decode(byte[] plaintext) {
    return ContentForm.read(plaintext);
  }
}
