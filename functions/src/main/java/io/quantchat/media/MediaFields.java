package io.quantchat.media;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Fields;
import io.quantchat.http.Problem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what callers say about attachments. */
final class MediaFields {

  /** 32 bytes: 43 digits of which the last holds 4 bits. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  /** The same in standard base64, with padding. */
  private static final Pattern BYTES_32 = Pattern.compile("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");

  private static final String WHAT_BYTES_ARE = "must be 32 bytes in base64: 44 characters";

  private MediaFields() {}

  /**
   * An attachment's id.
   *
   * @throws Problem of kind INVALID if it is none
   */
  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw Problem.invalid("media_id", "must be 32 bytes in base64url: 43 characters");
    }
    return text;
  }

  /** What somebody is about to upload. */
  static NewMedia newMedia(Fields fields, MediaSizes sizes) {
    long size = size(fields);
    String sha256 = bytes(fields, "sha256");
    String deleteHash = bytes(fields, "delete_hash");
    List<String> parts = parts(fields, sizes, size);
    fields.check();
    if (size > sizes.largest()) {
      throw Problem.of(
          Problem.Kind.TOO_LARGE,
          "An attachment may be at most " + sizes.largest() + " bytes, encrypted.");
    }
    return new NewMedia(size, sha256, deleteHash, parts);
  }

  /** The secret that deletes an attachment. */
  static byte[] secret(Fields fields) {
    String secret = bytes(fields, "secret");
    fields.check();
    return Base64.getDecoder().decode(secret);
  }

  /** 0 if there is none. */
  private static long size(Fields fields) {
    Optional<JsonNode> size = fields.value("size");
    if (size.isEmpty()) {
      fields.reject("size", "is required");
      return 0;
    }
    JsonNode number = size.get();
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
      fields.reject("size", "must be a whole number of bytes, at least 1");
      return 0;
    }
    return number.longValue();
  }

  private static String bytes(Fields fields, String name) {
    Optional<JsonNode> value = fields.value(name);
    if (value.isEmpty()) {
      fields.reject(name, "is required");
      return "";
    }
    return bytes(value.get())
        .orElseGet(
            () -> {
              fields.reject(name, WHAT_BYTES_ARE);
              return "";
            });
  }

  private static Optional<String> bytes(JsonNode node) {
    return Optional.ofNullable(node.textValue()).filter(t -> BYTES_32.matcher(t).matches());
  }

  /** Where the size is wrong, nothing is known about parts. */
  private static List<String> parts(Fields fields, MediaSizes sizes, long size) {
    Optional<JsonNode> value = fields.value("parts");
    if (size == 0 || size > sizes.largest()) {
      return List.of();
    }
    if (!sizes.isInParts(size)) {
      if (value.isPresent()) {
        fields.reject(
            "parts", "must be absent: up to " + sizes.largestSingle() + " bytes are put at once");
      }
      return List.of();
    }
    int count = Piece.count(size);
    var hashes = new ArrayList<String>();
    value.ifPresent(list -> list.forEach(hash -> bytes(hash).ifPresent(hashes::add)));
    if (value.isEmpty()
        || !value.get().isArray()
        || value.get().size() != count
        || hashes.size() != count) {
      fields.reject(
          "parts",
          "must be the SHA-256 of each of the "
              + count
              + " parts of "
              + Piece.PART_SIZE
              + " bytes, the last one shorter: each 32 bytes in base64");
      return List.of();
    }
    return List.copyOf(hashes);
  }
}
