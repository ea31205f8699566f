package io.quantchat.client.markdown;

import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.ImportResult.Refused;
import io.quantchat.client.model.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads messages that were written as Markdown, by this program or by the original client. */
public final class MarkdownImport {

  private static final Comparator<Refused> BY_LINE = Comparator.comparingInt(Refused::line);

  private final FileText file;
  private final UUID self;
  private final List<Reading.Read> read = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final Map<ExportName, Numbers> numbers = new LinkedHashMap<>();

  private MarkdownImport(FileText file, UUID self) {
    this.file = file;
    this.self = self;
  }

  /**
   * Reads the messages in their order. One that can't be read hinders no other.
   *
   * @param self whose messages these are
   * @throws ImportException where there is none
   */
  public static Reading read(FileText file, UUID self) {
    return new MarkdownImport(file, self).all();
  }

  private Reading all() {
    List<Line> lines = Line.of(file.text());
    List<Block> blocks = Blocks.of(lines);
    if (blocks.isEmpty() && !file.text().isBlank()) {
      throw new ImportException("There are no messages in it: is it an export?");
    }
    blocks.forEach(this::take);
    numbers.values().forEach(each -> refused.addAll(each.missing()));
    if (isDamaged(blocks)) {
      refuseUnverified();
    }
    refused.sort(BY_LINE);
    return new Reading(read, refused);
  }

  /** Whether there is an export with digests of which not everything came through. */
  private boolean isDamaged(List<Block> blocks) {
    long current = blocks.stream().filter(block -> block.head().isPresent()).count();
    boolean allRead = read.stream().filter(Reading.Read::verified).count() == current;
    return !allRead || numbers.values().stream().anyMatch(each -> !each.missing().isEmpty());
  }

  /** Its lines in another order may look like a message without a digest. */
  private void refuseUnverified() {
    read.stream()
        .filter(each -> !each.verified())
        .map(
            each ->
                each.refused(
                    "it has no digest, among parts of an export that has: if it is an earlier one,"
                        + " import that as a file of its own"))
        .forEach(refused::add);
    read.removeIf(each -> !each.verified());
  }

  private void take(Block block) {
    Optional<Head> head = block.head();
    head.ifPresent(there -> numbers(there).add(there));
    try {
      Message message =
          head.map(current -> CurrentForm.read(current, block, self))
              .orElseGet(() -> EarlierForm.read(block, self, file.certain()));
      read.add(new Reading.Read(message, block.number(), block.line(), head.isPresent()));
    } catch (IllegalArgumentException e) {
      refused.add(new Refused(block.number(), block.line(), id(block), e.getMessage()));
    }
    refuseWithin(block);
  }

  private Numbers numbers(Head head) {
    return numbers.computeIfAbsent(head.export(), first -> new Numbers());
  }

  /** Where an export has lost its end, what follows can't be told from its last text. */
  private void refuseWithin(Block block) {
    boolean isFirst = true;
    for (Line line : block.body()) {
      Optional<Head> head = Head.read(line.text());
      head.ifPresent(there -> numbers(there).expect(there));
      if (head.isPresent() && isFirst) {
        isFirst = false;
        refused.add(
            new Refused(
                block.number(),
                line.number(),
                "",
                "what looks like another export is within it: import that as a file of its own"));
      }
    }
  }

  private static String id(Block block) {
    return block.fields().stream()
        .map(Line::bare)
        .filter(field -> field.startsWith(Field.ID + ":"))
        .map(field -> field.substring(Field.ID.length() + 1).strip())
        .filter(MessageFields::isId)
        .findFirst()
        .orElse("");
  }
}
