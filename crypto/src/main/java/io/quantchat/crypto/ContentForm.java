package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The bytes of a {@link Content}: {@code 0xFF ‖ header ‖ 0xFF ‖ text}, the header being canonical
 * JSON, so that no byte of it is 0xFF.
 */
final class ContentForm {

  static final String FIELD = "content";

  private static final byte MARK = (byte) 0xFF;

  /** Bytes of a header, its mark included: more is nobody's. */
  private static final int MOST_HEADER = 8 * 1024;

  /** The same with files: their thumbnails alone are up to 21,848 characters. */
  private static final int MOST_HEADER_WITH_FILES = 48 * 1024;

  private static final String KIND = "kind";
  private static final String KIND_TEXT = "text";
  private static final String KIND_AGAIN = "again";
  private static final String STREAM = "stream";
  private static final String EPOCH = "epoch";
  private static final String NUMBER = "number";
  private static final String VOID = "void";
  private static final String REPLACES = "replaces";
  private static final String ID = "id";
  private static final String WRITTEN = "written";
  private static final String REASON = "reason";
  private static final String IDS = "ids";
  private static final String NUMBERS = "numbers";
  private static final String SPANS = "spans";
  private static final String AFTER = "after";

  private static final Pattern REASON_FORM = Pattern.compile("[a-z0-9-]{1,32}");

  private ContentForm() {}

  static Optional<byte[]> of(Content.Text content) {
    var stream = place(content.place());
    if (!content.noMore().isEmpty()) {
      stream.put(VOID, content.noMore().toList());
    }
    var header = new LinkedHashMap<String, Object>();
    header.put(KIND, KIND_TEXT);
    header.put(STREAM, stream);
    if (!content.replaces().isEmpty()) {
      header.put(REPLACES, content.replaces().stream().map(ContentForm::replaced).toList());
    }
    content.written().ifPresent(time -> header.put(WRITTEN, WireTime.format(time)));
    if (!content.files().isEmpty()) {
      header.put(FilesForm.FILES, FilesForm.of(content.files()));
    }
    byte[] whole = joined(header, CanonicalJson.utf8(content.text(), FIELD));
    RefusedException.require(
        whole.length <= Padding.LONGEST_TEXT || content.files().isEmpty(), Refusal.EXTENDED, FIELD);
    return whole.length <= Padding.LONGEST_TEXT ? Optional.of(whole) : Optional.empty();
  }

  static byte[] of(Content.Again content) {
    var header = new LinkedHashMap<String, Object>();
    header.put(KIND, KIND_AGAIN);
    header.put(REASON, content.reason());
    if (!content.ids().isEmpty()) {
      header.put(IDS, content.ids().stream().map(UUID::toString).toList());
    }
    content
        .numbers()
        .ifPresent(
            asked ->
                header.put(
                    NUMBERS,
                    Map.of(EPOCH, asked.epoch().toString(), SPANS, asked.numbers().toList())));
    content
        .after()
        .ifPresent(
            after ->
                header.put(
                    AFTER, after.place().map(ContentForm::place).orElseGet(LinkedHashMap::new)));
    return joined(header, new byte[0]);
  }

  static Content read(byte[] plaintext) {
    if (plaintext.length == 0 || plaintext[0] != MARK) {
      return new Content.Plain(new String(plaintext, StandardCharsets.UTF_8));
    }
    int end = 1;
    while (end < plaintext.length && plaintext[end] != MARK) {
      end++;
    }
    RefusedException.require(end < plaintext.length, Refusal.MALFORMED, FIELD);
    RefusedException.require(end <= MOST_HEADER_WITH_FILES, Refusal.EXTENDED, FIELD);
    var header =
        WireFields.of(
            FIELD + ".", CanonicalJson.read(Arrays.copyOfRange(plaintext, 1, end), FIELD));
    RefusedException.require(
        end <= MOST_HEADER || header.has(FilesForm.FILES), Refusal.EXTENDED, FIELD);
    byte[] text = Arrays.copyOfRange(plaintext, end + 1, plaintext.length);
    String kind = header.text(KIND);
    return switch (kind) {
      case KIND_TEXT -> text(header, text);
      case KIND_AGAIN -> again(header, text);
      default ->
          throw new RefusedException(
              Refusal.UNKNOWN_CONTENT, FIELD + " of the kind " + Names.quoted(kind));
    };
  }

  private static Content.Text text(WireFields header, byte[] text) {
    RefusedException.require(
        text.length > 0 || header.has(FilesForm.FILES), Refusal.MISSING, FIELD);
    WireFields stream = header.object(STREAM);
    return new Content.Text(
        CanonicalJson.text(text, FIELD),
        place(stream),
        stream.has(VOID) ? Numbers.from(stream.list(VOID, Content.MOST_VOID)) : Numbers.NONE,
        header.has(REPLACES)
            ? header.objects(REPLACES, Content.MOST_REPLACED).stream()
                .map(ContentForm::replaced)
                .toList()
            : List.of(),
        header.has(WRITTEN) ? Optional.of(header.time(WRITTEN)) : Optional.empty(),
        FilesForm.from(header));
  }

  private static Content.Again again(WireFields header, byte[] text) {
    RefusedException.require(text.length == 0, Refusal.UNEXPECTED, FIELD);
    String reason = header.text(REASON);
    RefusedException.require(
        REASON_FORM.matcher(reason).matches(), Refusal.MALFORMED, FIELD + "." + REASON);
    return new Content.Again(
        reason,
        header.has(IDS) ? header.ids(IDS, Content.MOST_IDS) : List.of(),
        header.has(NUMBERS) ? Optional.of(numbers(header.object(NUMBERS))) : Optional.empty(),
        header.has(AFTER) ? Optional.of(after(header.object(AFTER))) : Optional.empty());
  }

  private static Content.OfEpoch numbers(WireFields fields) {
    Numbers numbers = Numbers.from(fields.list(SPANS, Content.MOST_SPANS));
    RefusedException.require(!numbers.isEmpty(), Refusal.MISSING, FIELD + "." + SPANS);
    return new Content.OfEpoch(fields.id(EPOCH), numbers);
  }

  private static Content.After after(WireFields fields) {
    return new Content.After(fields.has(EPOCH) ? Optional.of(place(fields)) : Optional.empty());
  }

  private static Content.Replaced replaced(WireFields fields) {
    return new Content.Replaced(
        fields.id(ID), fields.has(EPOCH) ? Optional.of(place(fields)) : Optional.empty());
  }

  private static Map<String, Object> replaced(Content.Replaced replaced) {
    var map = replaced.place().map(ContentForm::place).orElseGet(LinkedHashMap::new);
    map.put(ID, replaced.messageId().toString());
    return map;
  }

  private static StreamPlace place(WireFields fields) {
    return new StreamPlace(fields.id(EPOCH), fields.number(NUMBER));
  }

  private static Map<String, Object> place(StreamPlace place) {
    var map = new LinkedHashMap<String, Object>();
    map.put(EPOCH, place.epoch().toString());
    map.put(NUMBER, place.number());
    return map;
  }

  private static byte[] joined(Map<String, Object> header, byte[] text) {
    byte[] json = CanonicalJson.write(header);
    byte[] whole = new byte[json.length + text.length + 2];
    whole[0] = MARK;
    System.arraycopy(json, 0, whole, 1, json.length);
    whole[json.length + 1] = MARK;
    System.arraycopy(text, 0, whole, json.length + 2, text.length);
    return whole;
  }
}
