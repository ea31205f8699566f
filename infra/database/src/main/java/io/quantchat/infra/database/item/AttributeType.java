package io.quantchat.infra.database.item;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The ten types of an attribute's value.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
public enum AttributeType {
  S("STRING"),
  N("NUMBER"),
  B("BINARY"),
  SS("SET_OF_STRINGS"),
  NS("SET_OF_NUMBERS"),
  BS("SET_OF_BINARIES"),
  BOOL("BOOLEAN"),
  NULL("NULL"),
  L("LIST"),
  M("MAP");

  private final String word;

  AttributeType(String word) {
    this.word = word;
  }

  /**
   * The type of a value.
   *
   * @throws InvalidValue if it has none, or more than one
   */
  public static AttributeType of(AttributeValue value) {
    AttributeValue.Type type = value.type();
    if (type == null) {
      throw unclear(value);
    }
    return switch (type) {
      case S -> S;
      case N -> N;
      case B -> B;
      case SS -> SS;
      case NS -> NS;
      case BS -> BS;
      case BOOL -> BOOL;
      case NUL -> NULL;
      case L -> L;
      case M -> M;
      case UNKNOWN_TO_SDK_VERSION -> throw unclear(value);
    };
  }

  /** The type of a name; null where there is none. */
  public static AttributeType named(String name) {
    for (AttributeType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** Whether values of this type have an order. */
  public boolean isOrdered() {
    return this == S || this == N || this == B;
  }

  public boolean isSet() {
    return this == SS || this == NS || this == BS;
  }

  /** The word for it in the errors about ADD and DELETE. */
  public String word() {
    return word;
  }

  private static InvalidValue unclear(AttributeValue value) {
    return new InvalidValue(
        value.equals(AttributeValue.builder().build())
            ? "Supplied AttributeValue is empty, must contain exactly one of the supported"
                + " datatypes"
            : "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                + " the supported datatypes");
  }
}
