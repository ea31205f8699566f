package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Contents for {@link KnownAnswers}, read and refused. */
final class KnownContents {

  static final UUID EPOCH = UUID.fromString("8b0f6a3e-6c1d-4f2a-9a3c-0123456789ab");
  static final StreamPlace PLACE = new StreamPlace(EPOCH, 7);
  private static final UUID ID = Messages.ID;
  private static final String STREAM =
      "\"stream\":{\"epoch\":\"8b0f6a3e-6c1d-4f2a-9a3c-0123456789ab\",\"number\":7";
  private static final String TEXT = "{\"kind\":\"text\"," + STREAM;
  private static final String AGAIN = "{\"after\":{},\"kind\":\"again\",\"reason\":";

  private KnownContents() {}

  static Map<String, Object> make() {
    var answers = new LinkedHashMap<String, Object>();
    answers.put("accepted", accepted());
    answers.put("refused", refused());
    return answers;
  }

  static byte[] encoded(Content content) {
    return switch (content) {
      case Content.Plain plain -> plain.text().getBytes(StandardCharsets.UTF_8);
      case Content.Text text -> text.encode().orElseThrow();
      case Content.Again again -> again.encode();
    };
  }

  static Content.Text text(String text) {
    return new Content.Text(text, PLACE, Numbers.NONE, List.of(), Optional.empty());
  }

  private static List<Object> accepted() {
    var before = new StreamPlace(UUID.fromString("00000000-0000-4000-8000-000000000001"), 1);
    var whole =
        new Content.Text(
            "Grüße,\n\u0000世界 \uD83D\uDE00",
            PLACE,
            new Numbers(List.of(new Numbers.Span(1, 2), new Numbers.Span(4, 4))),
            List.of(
                new Content.Replaced(before.epoch(), Optional.empty()),
                new Content.Replaced(ID, Optional.of(before))),
            Optional.of(Instant.parse("2026-03-01T12:00:00.000Z")));
    var asked = new Content.OfEpoch(EPOCH, Numbers.of(3, WireFields.LARGEST_NUMBER));
    return List.of(
        answer(new Content.Plain(""), null),
        answer(new Content.Plain(Messages.TEXT), null),
        answer(text(Messages.TEXT), stream(List.of())),
        answer(whole, whole(before)),
        answer(KnownFiles.text("", List.of(KnownFiles.file("A", 100))), files(List.of(FILE))),
        answer(
            KnownFiles.text(Messages.TEXT, List.of(KnownFiles.photo(), KnownFiles.file("A", 0))),
            files(List.of(photo(), with(FILE, "size", 0L)))),
        answer(
            new Content.Again("unopened", List.of(ID), Optional.empty(), Optional.empty()),
            of("kind", "again", "reason", "unopened", "ids", List.of(ID.toString()))),
        answer(
            new Content.Again("missing", List.of(), Optional.of(asked), Optional.empty()),
            of(
                "kind",
                "again",
                "reason",
                "missing",
                "numbers",
                of(
                    "epoch",
                    EPOCH.toString(),
                    "spans",
                    List.of(List.of(3L, WireFields.LARGEST_NUMBER))))),
        answer(
            new Content.Again(
                "copy",
                List.of(),
                Optional.empty(),
                Optional.of(new Content.After(Optional.of(PLACE)))),
            of(
                "kind",
                "again",
                "reason",
                "copy",
                "after",
                of("epoch", EPOCH.toString(), "number", 7L))),
        answer(
            new Content.Again(
                "copy",
                List.of(),
                Optional.empty(),
                Optional.of(new Content.After(Optional.empty()))),
            of("kind", "again", "reason", "copy", "after", Map.of())));
  }

  private static Map<String, Object> stream(List<Object> gone) {
    Map<String, Object> stream = of("epoch", EPOCH.toString(), "number", 7L);
    if (!gone.isEmpty()) {
      stream.put("void", gone);
    }
    return of("kind", "text", "stream", stream);
  }

  /** As {@link KnownFiles#file} is. */
  private static final Map<String, Object> FILE =
      of(
          "id",
          "A".repeat(43),
          "key",
          Base64Text.encode(SealedFiles.KEY.toSecret().bytes()),
          "name",
          "notes \"1\".txt",
          "type",
          "text/plain",
          "size",
          100L);

  private static Map<String, Object> photo() {
    Map<String, Object> photo = with(FILE, "id", "_".repeat(42) + "8");
    photo.putAll(of("name", "Grüße, 世界 \uD83D\uDE00.jpg", "type", "image/jpeg"));
    photo.putAll(of("size", 1_000_000L, "width", 4000L, "height", 65_535L));
    photo.putAll(of("thumbnail", "/9j/4AAAAAA=", "blurhash", "LEHV6nWB2yk8pyo0adR*.7kCMdnj"));
    return photo;
  }

  private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
    var changed = new LinkedHashMap<>(map);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, Object> files(List<Object> files) {
    Map<String, Object> header = stream(List.of());
    header.put("files", files);
    return header;
  }

  /** Of a text with this and no other file. */
  private static Map<String, Object> refusedFile(String member, Object value, Refusal refusal) {
    var file = with(FILE, member, value);
    file.values().removeIf(Objects::isNull);
    byte[] header = CanonicalJson.write(files(List.of(file)));
    return refusal(new String(header, StandardCharsets.UTF_8), "A", refusal);
  }

  private static List<Object> refusedFiles() {
    return List.of(
        refusal(text(List.of()), "A", Refusal.TRUNCATED),
        refusal(text(List.of("x")), "A", Refusal.MALFORMED),
        refusal(text(List.of(FILE, FILE)), "A", Refusal.MALFORMED),
        refusal(text(Collections.nCopies(11, FILE)), "A", Refusal.EXTENDED),
        refusedFile("id", null, Refusal.MISSING),
        refusedFile("id", "A".repeat(42), Refusal.MALFORMED),
        refusedFile("id", "A".repeat(42) + "B", Refusal.MALFORMED),
        refusedFile("key", "AAAA", Refusal.TRUNCATED),
        refusedFile("name", "", Refusal.TRUNCATED),
        refusedFile("name", "ü".repeat(128), Refusal.EXTENDED),
        refusedFile("type", "text", Refusal.MALFORMED),
        refusedFile("type", "text/plain; charset=utf-8", Refusal.MALFORMED),
        refusedFile("type", "x/" + "y".repeat(99), Refusal.EXTENDED),
        refusedFile("size", FileSealer.MOST_SIZE + 1, Refusal.EXTENDED),
        refusedFile("width", 5L, Refusal.MISSING),
        refusedFile("thumbnail", "R0lGODlh", Refusal.MALFORMED),
        refusedFile("blurhash", "a b", Refusal.MALFORMED),
        refusedFile("blurhash", "a".repeat(65), Refusal.EXTENDED));
  }

  private static String text(List<?> files) {
    return new String(CanonicalJson.write(files(List.copyOf(files))), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> whole(StreamPlace before) {
    Map<String, Object> header = stream(List.of(List.of(1L, 2L), List.of(4L, 4L)));
    header.put(
        "replaces",
        List.of(
            of("id", before.epoch().toString()),
            of("id", ID.toString(), "epoch", before.epoch().toString(), "number", 1L)));
    header.put("written", "2026-03-01T12:00:00.000Z");
    return header;
  }

  private static List<Object> refused() {
    var answers = new ArrayList<>();
    answers.add(refusal("ff", Refusal.MALFORMED));
    answers.add(refusal("ffff", Refusal.MALFORMED));
    answers.add(refusal("fffeff41", Refusal.MALFORMED));
    for (String header :
        List.of(
            "[]",
            "7",
            TEXT,
            TEXT + "}",
            TEXT + "}} ",
            TEXT + "}},",
            TEXT + "},\"z\":null}",
            TEXT + "},\"z\":1.5}",
            TEXT + "},\"z\":-1}",
            TEXT + "},\"z\":01}",
            TEXT + "},\"z\":9007199254740992}",
            TEXT + "},\"z\":\"\\u0041\"}",
            TEXT + "},\"z\":\"\\ud800\"}",
            TEXT + "},\"z\":1,\"z\":1}",
            TEXT + "},\"a\":1}",
            TEXT + ",\"void\":[[2,1]]}}",
            TEXT + ",\"void\":[[0,1]]}}",
            TEXT + ",\"void\":[[1,2],[3,3]]}}",
            TEXT + ",\"void\":[[5,6],[1,2]]}}",
            TEXT + ",\"void\":[1]}}",
            TEXT.replace("7", "0") + "}}",
            TEXT.replace("8b0f", "8B0F") + "}}",
            "{\"replaces\":[7]," + TEXT.substring(1) + "}}",
            TEXT + "},\"written\":\"2026-03-01T12:00:00Z\"}")) {
      answers.add(refusal(header, "A", Refusal.MALFORMED));
    }
    answers.add(refusal(TEXT + "}}", "", Refusal.MISSING));
    answers.add(refusal("{\"kind\":\"text\"}", "A", Refusal.MISSING));
    answers.add(refusal("{}", "A", Refusal.MISSING));
    answers.add(refusal("{\"kind\":\"poll\"}", "A", Refusal.UNKNOWN_CONTENT));
    answers.add(refusal(AGAIN + "\"copy\"}", "A", Refusal.UNEXPECTED));
    answers.add(refusal(AGAIN + "\"Copy\"}", "", Refusal.MALFORMED));
    answers.add(refusal("{\"kind\":\"again\",\"reason\":\"copy\"}", "", Refusal.MISSING));
    answers.add(
        refusal(
            "{\"ids\":[%s],\"kind\":\"again\",\"reason\":\"copy\"}"
                .formatted(("\"" + ID + "\",").repeat(2).replaceAll(",$", "")),
            "",
            Refusal.MALFORMED));
    answers.addAll(refusedFiles());
    answers.add(refusal("[".repeat(20) + "]".repeat(20), "A", Refusal.MALFORMED));
    return answers;
  }

  private static Map<String, Object> answer(Content content, Map<String, Object> header) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (header != null) {
      answer.put("header", header);
    }
    answer.put(
        "text",
        switch (content) {
          case Content.Plain plain -> plain.text();
          case Content.Text text -> text.text();
          case Content.Again again -> "";
        });
    answer.put("bytes", HexFormat.of().formatHex(encoded(content)));
    return answer;
  }

  private static Map<String, Object> refusal(String header, String text, Refusal refusal) {
    String hex = HexFormat.of().formatHex(header.getBytes(StandardCharsets.UTF_8));
    String rest = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return refusal("ff" + hex + "ff" + rest, refusal);
  }

  private static Map<String, Object> refusal(String hex, Refusal refusal) {
    return of("bytes", hex, "refusal", refusal.name());
  }

  private static Map<String, Object> of(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
