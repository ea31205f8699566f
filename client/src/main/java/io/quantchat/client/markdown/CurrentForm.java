package io.quantchat.client.markdown;

import io.quantchat.client.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a message that has a digest: exactly as it was written, or not at all. */
final class CurrentForm {

  /** {@link SteadyText} has none. */
  private static final String PART_OF_RULE = "--";

  private CurrentForm() {}

  /**
   * @throws IllegalArgumentException where that can't be shown; it says why
   */
  static Message read(Head head, Block block, UUID self) {
    List<Field> fields = fields(block);
    if (fields.isEmpty() || !fields.getLast().name().equals(Field.DIGEST)) {
      throw new IllegalArgumentException("its fields are incomplete");
    }
    String digest = fields.removeLast().value();
    String text =
        exact(fields)
            .filter(exact -> head.digest(fields, exact).equals(digest))
            .or(
                () ->
                    Restored.texts(text(block))
                        .filter(candidate -> head.digest(fields, candidate).equals(digest))
                        .findFirst())
            .orElseThrow(
                () -> new IllegalArgumentException("it isn't as it was when it was exported"));
    return message(fields, text, self);
  }

  /**
   * What is written for people holds no rule, and no part of one: behind it is a message that lost
   * its beginning.
   */
  private static List<String> text(Block block) {
    return block.body().stream()
        .takeWhile(line -> !line.isAnyRule() && !line.text().contains(PART_OF_RULE))
        .map(Line::text)
        .toList();
  }

  private static List<Field> fields(Block block) {
    var fields = new ArrayList<Field>();
    var value = new StringBuilder();
    String name = null;
    for (Line line : block.fields()) {
      String bare = line.bare();
      int colon = bare.indexOf(':');
      if (bare.isEmpty()) {
        continue;
      }
      if (colon < 1) {
        throw new IllegalArgumentException("line " + line.number() + " is no field of it");
      }
      String found = bare.substring(0, colon).strip();
      if (!found.equals(Field.MORE)) {
        if (name != null) {
          fields.add(new Field(name, value.toString()));
        }
        name = found;
        value.setLength(0);
      }
      value.append(bare.substring(colon + 1).strip());
    }
    if (name != null) {
      fields.add(new Field(name, value.toString()));
    }
    return fields;
  }

  private static Optional<String> exact(List<Field> fields) {
    return fields.stream()
        .filter(field -> field.name().equals(Field.EXACT))
        .findFirst()
        .flatMap(field -> FieldValue.readText(field.value()));
  }

  private static Message message(List<Field> written, String text, UUID self) {
    var fields = new MessageFields();
    for (Field field : written) {
      switch (field.name()) {
        case Field.EXACT, Field.IMPORTED -> {}
        case Field.ID, Field.FROM, Field.TO, Field.TIMESTAMP, Field.STATE ->
            fields.add(field.name(), field.value());
        case Field.DETAIL -> {
          List<?> named = FieldValue.decoded(field.value(), 2);
          if (named.getFirst() instanceof String name && !isStructure(name)) {
            fields.add(name, named.getLast());
          } else {
            throw new IllegalArgumentException("a detail of it has no name");
          }
        }
        default -> fields.add(field.name(), FieldValue.read(field.value()));
      }
    }
    return fields.message(text, self);
  }

  /** What would be taken for something else than a detail. */
  private static boolean isStructure(String name) {
    return switch (name) {
      case Field.ID, Field.FROM, Field.TO, Field.TIMESTAMP, Field.STATE -> true;
      default -> false;
    };
  }
}
