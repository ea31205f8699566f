package io.quantchat.keys;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * JSON as it is stored: deflated (RFC 1950). It is keys and signatures in base64 for the most part,
 * which then takes no more room than the bytes that it stands for.
 */
final class PackedJson {

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private PackedJson() {}

  static byte[] pack(ObjectNode object) {
    var bytes = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(Json.MAPPER.writeValueAsBytes(object));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static ObjectNode unpack(byte[] packed) {
    try (var inflater = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return (ObjectNode) Json.MAPPER.readTree(inflater);
    } catch (IOException malformed) {
      throw new UncheckedIOException("What is stored is not what was packed", malformed);
    }
  }

  /** An object as the crypto module reads it. */
  static Map<String, Object> toMap(ObjectNode object) {
    return Json.MAPPER.convertValue(object, OBJECT);
  }

  /** A map as it comes back once it was packed and unpacked: numbers are of the same types. */
  static ObjectNode of(Map<String, ?> object) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(object));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
