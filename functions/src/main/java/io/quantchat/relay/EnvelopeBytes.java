package io.quantchat.relay;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.quantchat.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An envelope as it is stored: a CBOR list (RFC 8949) of its fields in {@link #fieldsOf}'s order,
 * without the last ones that have their default. A string that is base64 (RFC 4648 §4, padded) is
 * stored as the bytes it stands for, if encoding these gives the very same string: so all that was
 * put in comes out, to the character.
 */
final class EnvelopeBytes {

  /** Shorter base64 is left as text: some words are base64, too, and little is saved. */
  private static final int SHORTEST_BASE64 = 16;

  private static final List<JsonNode> DEFAULTS =
      List.of(
          TextNode.valueOf(""),
          TextNode.valueOf(""),
          NullNode.instance,
          TextNode.valueOf(Envelope.DEFAULT_CRYPTO_VERSION),
          TextNode.valueOf(Envelope.DEFAULT_ENCRYPTION_ALGORITHM),
          TextNode.valueOf(Envelope.DEFAULT_KDF_ALGORITHM),
          BooleanNode.FALSE,
          NullNode.instance);

  /** What was read as JSON within its bounds must be readable again here. */
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
          .build();

  private EnvelopeBytes() {}

  /** The bytes to store. */
  static byte[] encode(Envelope envelope) {
    List<JsonNode> fields = fieldsOf(envelope);
    int size = fields.size();
    while (fields.get(size - 1).equals(DEFAULTS.get(size - 1))) {
      size--;
    }
    var bytes = new ByteArrayOutputStream();
    try (CBORGenerator cbor = CBOR.createGenerator(bytes)) {
      cbor.writeStartArray(null, size);
      for (JsonNode field : fields.subList(0, size)) {
        write(cbor, field);
      }
      cbor.writeEndArray();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return bytes.toByteArray();
  }

  /** The envelope that {@link #encode} stored. */
  static Envelope decode(byte[] bytes) {
    try (CBORParser cbor = CBOR.createParser(bytes)) {
      cbor.nextToken();
      JsonNode fields = read(cbor);
      return new Envelope(
          field(fields, 0).textValue(),
          field(fields, 1),
          field(fields, 3).textValue(),
          field(fields, 4).textValue(),
          field(fields, 5).textValue(),
          field(fields, 2),
          field(fields, 6).booleanValue(),
          field(fields, 7));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static JsonNode field(JsonNode fields, int position) {
    return position < fields.size() ? fields.get(position) : DEFAULTS.get(position);
  }

  /** Most likely to differ from the default first. */
  private static List<JsonNode> fieldsOf(Envelope envelope) {
    return List.of(
        TextNode.valueOf(envelope.encryptedContent()),
        envelope.encryptedSessionKey(),
        envelope.signatures(),
        TextNode.valueOf(envelope.cryptoVersion()),
        TextNode.valueOf(envelope.encryptionAlgorithm()),
        TextNode.valueOf(envelope.kdfAlgorithm()),
        BooleanNode.valueOf(envelope.hasMedia()),
        envelope.mediaRefs());
  }

  private static void write(CBORGenerator cbor, JsonNode value) throws IOException {
    switch (value.getNodeType()) {
      case OBJECT -> {
        cbor.writeStartObject(null, value.size());
        for (var member : value.properties()) {
          cbor.writeFieldName(Shorthand.shorten(member.getKey()));
          write(cbor, member.getValue());
        }
        cbor.writeEndObject();
      }
      case ARRAY -> {
        cbor.writeStartArray(null, value.size());
        for (JsonNode element : value) {
          write(cbor, element);
        }
        cbor.writeEndArray();
      }
      case STRING -> writeText(cbor, value.textValue());
      case NUMBER -> writeNumber(cbor, value);
      case BOOLEAN -> cbor.writeBoolean(value.booleanValue());
      case NULL -> cbor.writeNull();
      default -> throw new IllegalArgumentException("JSON has no " + value.getNodeType());
    }
  }

  private static void writeText(CBORGenerator cbor, String text) throws IOException {
    Optional<byte[]> bytes = fromBase64(text);
    if (bytes.isPresent()) {
      cbor.writeBinary(bytes.get());
    } else {
      // In one piece, whatever its length; writeString would cut long texts, at some bytes a cut.
      byte[] utf8 = Shorthand.shorten(text).getBytes(StandardCharsets.UTF_8);
      cbor.writeUTF8String(utf8, 0, utf8.length);
    }
  }

  private static void writeNumber(CBORGenerator cbor, JsonNode value) throws IOException {
    if (!value.isIntegralNumber()) {
      cbor.writeNumber(value.decimalValue());
    } else if (value.canConvertToLong()) {
      cbor.writeNumber(value.longValue());
    } else {
      cbor.writeNumber(value.bigIntegerValue());
    }
  }

  private static JsonNode read(CBORParser cbor) throws IOException {
    return switch (cbor.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = Json.object();
        while (cbor.nextToken() != JsonToken.END_OBJECT) {
          String name = Shorthand.expand(cbor.currentName());
          cbor.nextToken();
          object.set(name, read(cbor));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = Json.array();
        while (cbor.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(cbor));
        }
        yield array;
      }
      case VALUE_EMBEDDED_OBJECT ->
          TextNode.valueOf(Base64.getEncoder().encodeToString(cbor.getBinaryValue()));
      case VALUE_STRING -> TextNode.valueOf(Shorthand.expand(cbor.getText()));
      case VALUE_NUMBER_INT -> readInteger(cbor);
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(cbor.getDecimalValue());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new IOException("An envelope never holds " + cbor.currentToken());
    };
  }

  private static JsonNode readInteger(CBORParser cbor) throws IOException {
    return switch (cbor.getNumberType()) {
      case INT -> IntNode.valueOf(cbor.getIntValue());
      case LONG -> LongNode.valueOf(cbor.getLongValue());
      default -> BigIntegerNode.valueOf(cbor.getBigIntegerValue());
    };
  }

  private static Optional<byte[]> fromBase64(String text) {
    if (text.length() < SHORTEST_BASE64 || text.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException otherText) {
      return Optional.empty();
    }
  }
}
