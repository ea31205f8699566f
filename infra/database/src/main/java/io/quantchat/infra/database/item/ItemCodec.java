package io.quantchat.infra.database.item;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as bytes: the format's version, the item's size as DynamoDB bills it, the number of its
 * attributes, then each with its name, its type and its value.
 */
public final class ItemCodec {

  private static final byte VERSION = 1;

  private static final byte STRING = 1;
  private static final byte NUMBER = 2;
  private static final byte BINARY = 3;
  private static final byte TRUE = 4;
  private static final byte FALSE = 5;
  private static final byte NULL = 6;
  private static final byte STRINGS = 7;
  private static final byte NUMBERS = 8;
  private static final byte BINARIES = 9;
  private static final byte MAP = 10;
  private static final byte LIST = 11;
  private static final byte SMALL_NUMBER = 12;

  private ItemCodec() {}

  /**
   * An item's bytes.
   *
   * @param size of the item, by {@link ItemSize}
   */
  public static byte[] encode(Map<String, AttributeValue> item, int size) {
    var out = new ByteWriter(size + 8 * item.size() + 8);
    out.writeByte(VERSION);
    out.writeCount(size);
    writeMap(out, item);
    return out.toBytes();
  }

  /** The size that an item was written with. */
  public static int size(byte[] bytes) {
    return begin(bytes).readCount();
  }

  /** An item of its bytes. The map may be changed; its values share nothing with the bytes. */
  public static Map<String, AttributeValue> decode(byte[] bytes) {
    ByteReader in = begin(bytes);
    in.readCount();
    return readMap(in);
  }

  private static ByteReader begin(byte[] bytes) {
    var in = new ByteReader(bytes);
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "An item is of format %d, and this program knows %d: start the version that wrote it."
              .formatted(version, VERSION));
    }
    return in;
  }

  private static void writeMap(ByteWriter out, Map<String, AttributeValue> map) {
    out.writeCount(map.size());
    for (Map.Entry<String, AttributeValue> attribute : map.entrySet()) {
      out.writeText(attribute.getKey());
      write(out, attribute.getValue());
    }
  }

  private static void write(ByteWriter out, AttributeValue value) {
    switch (value.type()) {
      case S -> out.writeByte(STRING).writeText(value.s());
      case N -> writeNumber(out, value.n());
      case B -> out.writeByte(BINARY).writeBytes(value.b().asByteArrayUnsafe());
      case BOOL -> out.writeByte(value.bool() ? TRUE : FALSE);
      case NUL -> out.writeByte(NULL);
      case SS -> writeTexts(out.writeByte(STRINGS), value.ss());
      case NS -> writeTexts(out.writeByte(NUMBERS), value.ns());
      case BS -> {
        out.writeByte(BINARIES).writeCount(value.bs().size());
        value.bs().forEach(bytes -> out.writeBytes(bytes.asByteArrayUnsafe()));
      }
      case M -> writeMap(out.writeByte(MAP), value.m());
      case L -> {
        out.writeByte(LIST).writeCount(value.l().size());
        value.l().forEach(element -> write(out, element));
      }
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("No type: " + value);
    }
  }

  private static void writeNumber(ByteWriter out, String number) {
    if (number.length() < 18 && isWhole(number)) {
      out.writeByte(SMALL_NUMBER).writeLong(Long.parseLong(number));
    } else {
      out.writeByte(NUMBER).writeText(number);
    }
  }

  private static boolean isWhole(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if ((c < '0' || c > '9') && !(c == '-' && i == 0)) {
        return false;
      }
    }
    return true;
  }

  private static void writeTexts(ByteWriter out, List<String> texts) {
    out.writeCount(texts.size());
    texts.forEach(out::writeText);
  }

  private static Map<String, AttributeValue> readMap(ByteReader in) {
    int count = in.readCount();
    Map<String, AttributeValue> map = HashMap.newHashMap(count);
    for (int i = 0; i < count; i++) {
      map.put(in.readText(), read(in));
    }
    return map;
  }

  private static AttributeValue read(ByteReader in) {
    byte type = in.readByte();
    return switch (type) {
      case STRING -> AttributeValue.fromS(in.readText());
      case NUMBER -> AttributeValue.fromN(in.readText());
      case SMALL_NUMBER -> AttributeValue.fromN(Long.toString(in.readLong()));
      case BINARY -> AttributeValue.fromB(readBytes(in));
      case TRUE -> AttributeValue.fromBool(true);
      case FALSE -> AttributeValue.fromBool(false);
      case NULL -> AttributeValue.fromNul(true);
      case STRINGS -> AttributeValue.fromSs(in.readAll(ByteReader::readText));
      case NUMBERS -> AttributeValue.fromNs(in.readAll(ByteReader::readText));
      case BINARIES -> AttributeValue.fromBs(in.readAll(ItemCodec::readBytes));
      case MAP -> AttributeValue.fromM(readMap(in));
      case LIST -> AttributeValue.fromL(in.readAll(ItemCodec::read));
      default ->
          throw new IllegalStateException("An item holds a value of the unknown type " + type);
    };
  }

  private static SdkBytes readBytes(ByteReader in) {
    return SdkBytes.fromByteArrayUnsafe(in.readBytes());
  }
}
