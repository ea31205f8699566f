package io.quantchat.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which messages are refused, and as what, once more: from the package's description, without the
 * module. It ends where messages are decrypted.
 *
 * @param recipient the recipient's bundle, the only one
 * @param prekeys the ids of the recipient's prekeys whose private parts are there
 */
record SecondReader(
    String recipientId, JsonNode recipient, JsonNode sender, Set<String> prekeys, Instant now) {

  private static final Map<String, List<String>> SUITES =
      Map.of(
          "v1", List.of("ECDH-AES256-GCM", "HKDF-SHA256"),
          "v2", List.of("ML-KEM-768-AES256-GCM", "HKDF-SHA3-256"));
  private static final BigInteger LARGEST = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String refusal) {
      super(refusal);
    }
  }

  /**
   * The refusal's name; nothing for a message that is to be decrypted.
   *
   * @param oneTime the one-time prekey that the message was sealed under
   */
  String refusalOf(JsonNode message, JsonNode oneTime) throws GeneralSecurityException {
    try {
      requireForm(message);
      requireAcceptable(message);
      requireSignatures(message, oneTime);
      return "";
    } catch (Refused refused) {
      return refused.getMessage();
    }
  }

  private static void requireForm(JsonNode message) throws Refused {
    String version = text(message, "crypto_version");
    List<String> names =
        List.of(text(message, "encryption_algorithm"), text(message, "kdf_algorithm"));
    require(SUITES.containsKey(version), "UNKNOWN_SUITE");
    for (int i = 0; i < 2; i++) {
      int place = i;
      require(
          SUITES.values().stream().anyMatch(suite -> suite.get(place).equals(names.get(place))),
          "UNKNOWN_SUITE");
    }
    require(SUITES.get(version).equals(names), "MIXED_SUITE");
    id(message, "message_id");
    id(message, "sender_id");
    id(message, "recipient_id");
    time(message, "created_at");
    JsonNode key = present(message, "encrypted_session_key");
    require(key.isObject(), "MALFORMED");
    require(isOnTheCurve(bytes(key, "ecdh", 65, 65)), "INVALID_KEY");
    if (key.hasNonNull("mlkem")) {
      bytes(key, "mlkem", 1088, 1088);
    }
    bytes(key, "wrap", 48, 48);
    keyId(key, "spk");
    if (key.hasNonNull("opk")) {
      keyId(key, "opk");
    }
    if (key.hasNonNull("kem_key")) {
      keyId(key, "kem_key");
    }
    require(
        !key.hasNonNull("opk")
            || !key.hasNonNull("kem_key")
            || key.path("opk").equals(key.path("kem_key")),
        "WRONG_KEY");
    number(key, "bundle");
    requireCapabilities(list(key, "capabilities", 16));
    byte[] content = bytes(message, "encrypted_content", 317, 65_597);
    for (JsonNode signature : list(message, "signatures", 8)) {
      String algorithm = text(signature, "algorithm");
      require(Set.of("ECDSA-P256-SHA256", "ML-DSA-65").contains(algorithm), "UNKNOWN_ALGORITHM");
      keyId(signature, "key_id");
      int size = algorithm.equals("ML-DSA-65") ? 3309 : 64;
      bytes(signature, "signature", size, size);
      time(signature, "timestamp");
    }
    if (message.hasNonNull("media_refs")) {
      mediaRefs(list(message, "media_refs", 32));
    }
    require(padded(content.length - 61) == content.length - 61, "WRONG_SIZE");
    boolean hybrid = version.equals("v2");
    for (String member : List.of("mlkem", "kem_key")) {
      require(key.hasNonNull(member) == hybrid, hybrid ? "MISSING" : "UNEXPECTED");
    }
  }

  /** Steps 1 to 15. */
  private void requireAcceptable(JsonNode message) throws Refused {
    JsonNode key = message.path("encrypted_session_key");
    require(message.path("recipient_id").asText().equals(recipientId), "WRONG_USER");
    require(message.path("sender_id").equals(sender.path("user_id")), "WRONG_USER");
    Instant senderExpires = Instant.parse(sender.path("expires_at").asText());
    require(now.minusSeconds(15 * 86_400).isBefore(senderExpires), "EXPIRED_BUNDLE");
    for (JsonNode signature : message.path("signatures")) {
      Instant signed = Instant.parse(signature.path("timestamp").asText());
      require(signed.isBefore(senderExpires), "EXPIRED_BUNDLE");
    }
    require(key.path("bundle").equals(recipient.path("bundle_version")), "UNKNOWN_BUNDLE");
    Instant created = Instant.parse(message.path("created_at").asText());
    require(
        created.isBefore(Instant.parse(recipient.path("expires_at").asText())), "EXPIRED_BUNDLE");
    String suite = message.path("crypto_version").asText();
    Set<String> own = texts(recipient.path("capabilities"));
    Set<String> claimed = texts(key.path("capabilities"));
    require(own.contains(suite) && claimed.contains(suite), "UNEXPECTED");
    boolean bothHybrid =
        own.contains("v2")
            && (claimed.contains("v2") || texts(sender.path("capabilities")).contains("v2"));
    require(!suite.equals("v1") || !bothHybrid, "DOWNGRADE");
    requireSigners(message, suite.equals("v2"));
    require(prekeys.contains(key.path("spk").asText()), "UNKNOWN_PREKEY");
    if (key.hasNonNull("opk")) {
      require(prekeys.contains(key.path("opk").asText()), "UNKNOWN_PREKEY");
    } else if (suite.equals("v2")) {
      require(isListed(key.path("kem_key"), "ML-KEM-768"), "WRONG_KEY");
      require(prekeys.contains(key.path("kem_key").asText()), "UNKNOWN_PREKEY");
    }
    require(isListed(key.path("spk"), "ECDH-P256"), "WRONG_KEY");
  }

  private void requireSigners(JsonNode message, boolean hybrid) throws Refused {
    var algorithms = new ArrayList<String>();
    message.path("signatures").forEach(one -> algorithms.add(one.path("algorithm").asText()));
    List<String> required =
        hybrid ? List.of("ECDSA-P256-SHA256", "ML-DSA-65") : List.of("ECDSA-P256-SHA256");
    require(new HashSet<>(algorithms).containsAll(required), "MISSING_SIGNATURE");
    require(algorithms.size() == required.size(), "UNEXPECTED_SIGNATURE");
    for (JsonNode signature : message.path("signatures")) {
      String algorithm =
          signature.path("algorithm").asText().equals("ML-DSA-65") ? "ML-DSA-65" : "ECDSA-P256";
      JsonNode signer = SecondImplementation.active(sender, algorithm);
      require(signature.path("key_id").equals(signer.path("key_id")), "WRONG_KEY");
    }
  }

  /** Step 16. */
  private void requireSignatures(JsonNode message, JsonNode oneTime)
      throws GeneralSecurityException, Refused {
    var client = new SecondImplementation(message.path("crypto_version").asText());
    byte[] th = client.hash(client.hashed(message, sender, recipient, oneTime));
    byte[] refs =
        message.hasNonNull("media_refs") ? mediaRefs(message.path("media_refs")) : new byte[0];
    for (JsonNode signature : message.path("signatures")) {
      byte[] signed = client.signed(message, sender, th, refs, signature);
      require(SecondImplementation.verifies(sender, signature, signed), "BAD_SIGNATURE");
    }
  }

  private boolean isListed(JsonNode id, String algorithm) {
    for (JsonNode key : recipient.path("keys")) {
      if (key.path("key_id").equals(id) && key.path("algorithm").asText().equals(algorithm)) {
        return true;
      }
    }
    return false;
  }

  // Media refs.

  /** What is hashed of media refs; MALFORMED or EXTENDED where nothing is. */
  static String mediaRefsRefusal(JsonNode refs) {
    try {
      require(refs.size() <= 32, "EXTENDED");
      mediaRefs(refs);
      return "";
    } catch (Refused refused) {
      return refused.getMessage();
    }
  }

  static byte[] hashedOfMediaRefs(JsonNode refs) {
    try {
      return mediaRefs(refs);
    } catch (Refused refused) {
      throw new IllegalArgumentException(refused);
    }
  }

  private static byte[] mediaRefs(JsonNode refs) throws Refused {
    return elements(refs, 1);
  }

  private static byte[] elements(JsonNode array, int level) throws Refused {
    var fields = new ArrayList<byte[]>();
    for (JsonNode element : array) {
      fields.add(value(element, level));
    }
    return SecondImplementation.lp(fields.toArray(byte[][]::new));
  }

  private static byte[] value(JsonNode value, int level) throws Refused {
    require(level <= 8, "EXTENDED");
    if (value.isNull()) {
      return new byte[] {'n'};
    }
    if (value.isBoolean()) {
      return new byte[] {(byte) (value.asBoolean() ? 't' : 'f')};
    }
    if (value.isTextual()) {
      return tagged('s', utf8(value.asText()));
    }
    if (value.isArray()) {
      return tagged('a', elements(value, level + 1));
    }
    if (value.isObject()) {
      var members = new ArrayList<byte[][]>();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        members.add(new byte[][] {utf8(member.getKey()), value(member.getValue(), level + 1)});
      }
      members.sort((one, other) -> Arrays.compareUnsigned(one[0], other[0]));
      return tagged(
          'o',
          SecondImplementation.lp(members.stream().flatMap(Arrays::stream).toArray(byte[][]::new)));
    }
    require(
        value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(LARGEST) <= 0,
        "MALFORMED");
    return tagged('i', SecondImplementation.number(value.asLong()));
  }

  private static byte[] tagged(char tag, byte[] content) {
    return SecondImplementation.joined(new byte[] {(byte) tag}, content);
  }

  /** The refusal of a text without UTF-8. */
  static String textRefusal(String text) {
    try {
      utf8(text);
      return "";
    } catch (Refused refused) {
      return refused.getMessage();
    }
  }

  private static byte[] utf8(String text) throws Refused {
    require(StandardCharsets.UTF_8.newEncoder().canEncode(text), "MALFORMED");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // Padding.

  /** The size to which so many bytes, the 0x80 among them, are padded. */
  static int padded(int size) {
    if (size <= 256) {
      return 256;
    }
    int e = 31 - Integer.numberOfLeadingZeros(size);
    int s = 31 - Integer.numberOfLeadingZeros(e) + 1;
    int step = 1 << (e - s);
    return (size + step - 1) / step * step;
  }

  // Fields.

  private static JsonNode present(JsonNode object, String name) throws Refused {
    require(object.hasNonNull(name), "MISSING");
    return object.path(name);
  }

  private static String text(JsonNode object, String name) throws Refused {
    JsonNode value = present(object, name);
    require(value.isTextual(), "MALFORMED");
    return value.asText();
  }

  private static void id(JsonNode object, String name) throws Refused {
    require(text(object, name).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "MALFORMED");
  }

  private static void keyId(JsonNode object, String name) throws Refused {
    require(text(object, name).matches("[A-Za-z0-9_-]{1,64}"), "MALFORMED");
  }

  private static void time(JsonNode object, String name) throws Refused {
    String text = text(object, name);
    try {
      require(
          text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
              && Instant.parse(text).toEpochMilli() >= 0,
          "MALFORMED");
    } catch (DateTimeParseException noTime) {
      throw new Refused("MALFORMED");
    }
  }

  private static void number(JsonNode object, String name) throws Refused {
    JsonNode value = present(object, name);
    require(
        value.isIntegralNumber()
            && value.bigIntegerValue().signum() >= 0
            && value.bigIntegerValue().compareTo(LARGEST) <= 0,
        "MALFORMED");
  }

  private static JsonNode list(JsonNode object, String name, int most) throws Refused {
    JsonNode value = present(object, name);
    require(value.isArray(), "MALFORMED");
    require(value.size() <= most, "EXTENDED");
    return value;
  }

  private static void requireCapabilities(JsonNode names) throws Refused {
    require(!names.isEmpty(), "MISSING");
    for (JsonNode name : names) {
      require(name.isTextual() && name.asText().matches("[a-z0-9.-]{1,32}"), "MALFORMED");
    }
    require(texts(names).size() == names.size(), "MALFORMED");
  }

  private static byte[] bytes(JsonNode object, String name, int least, int most) throws Refused {
    String text = text(object, name);
    require(text.length() >= (least + 2) / 3 * 4, "TRUNCATED");
    require(text.length() <= (most + 2) / 3 * 4, "EXTENDED");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException noBase64) {
      throw new Refused("MALFORMED");
    }
    require(Base64.getEncoder().encodeToString(bytes).equals(text), "MALFORMED");
    require(bytes.length >= least, "TRUNCATED");
    require(bytes.length <= most, "EXTENDED");
    return bytes;
  }

  /** y² = x³ - 3x + b, by hand: the JDK accepts any point until it is used. */
  private static boolean isOnTheCurve(byte[] point) {
    BigInteger p =
        new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    BigInteger b =
        new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
    BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b);
    return point[0] == 4
        && x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).subtract(right).mod(p).signum() == 0;
  }

  private static Set<String> texts(JsonNode list) {
    var texts = new HashSet<String>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static void require(boolean condition, String refusal) throws Refused {
    if (!condition) {
      throw new Refused(refusal);
    }
  }
}
