package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.OwnBackend;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Access tokens that differ from a good one in one thing each. They are signed with the server's
 * own key, out of its tables, unless that is the thing.
 */
final class ForgedTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final ObjectNode header;
  private final ObjectNode claims;
  private final String good;
  private final PrivateKey key;
  private final byte[] publicKey;

  /**
   * @param good a token that the backend takes
   */
  ForgedTokens(OwnBackend backend, String good)
      throws GeneralSecurityException, JsonProcessingException {
    String[] parts = good.split("\\.", -1);
    this.good = good;
    this.header = parse(parts[0]);
    this.claims = parse(parts[1]);
    StoredRows rows = StoredRows.of(backend);
    byte[] encoded = row(rows, "SigningKeysTable").get("private_key").b().asByteArray();
    this.key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    this.publicKey = row(rows, "TokenKeysTable").get("public_key").b().asByteArray();
  }

  private Map<String, AttributeValue> row(StoredRows rows, String table) {
    return rows.of(table).stream()
        .filter(row -> row.get("key_id").s().equals(header.get("kid").textValue()))
        .findFirst()
        .orElseThrow();
  }

  /** The same claims, signed anew: as good as the one that they are of. */
  String unchanged() throws GeneralSecurityException {
    return with(_ -> {});
  }

  /** The same, expired for a second. */
  String expired() throws GeneralSecurityException {
    return with(
        changed ->
            changed
                .put("iat", Instant.now().getEpochSecond() - 901)
                .put("exp", Instant.now().getEpochSecond() - 1));
  }

  /** Each that must be refused, by what is wrong with it. */
  Map<String, String> all(String otherId, String refreshToken) throws GeneralSecurityException {
    Map<String, String> forged = new LinkedHashMap<>();
    String[] parts = good.split("\\.", -1);
    forged.put("an expired token", expired());
    forged.put("a token of another issuer", with(changed -> changed.put("iss", "https://evil")));
    forged.put("a token for another audience", with(changed -> changed.put("aud", "elsewhere")));
    forged.put("a token without an issuer", with(changed -> changed.remove("iss")));
    forged.put("a token without an audience", with(changed -> changed.remove("aud")));
    forged.put("a token without an end", with(changed -> changed.remove("exp")));
    forged.put("a token of nobody", with(changed -> changed.remove("sub")));
    forged.put("a token of no session", with(changed -> changed.remove("sid")));
    forged.put(
        "a token of tomorrow",
        with(changed -> changed.put("iat", Instant.now().getEpochSecond() + 86_400)));
    forged.put("one that another key signed", signed(header, claims, strangersKey()));
    forged.put(
        "one that another key signed and says so",
        signed(header.deepCopy().put("kid", UUID.randomUUID().toString()), claims, strangersKey()));
    forged.put("one that names no key", signed(removed(header, "kid"), claims, key));
    forged.put(
        "one without a signature", unsigned(header.deepCopy().put("alg", "none"), claims) + ".");
    forged.put(
        "one signed with the public key",
        authenticated(header.deepCopy().put("alg", "HS256"), claims));
    forged.put(
        "another's claims under a good signature",
        parts[0] + "." + encoded(claims.deepCopy().put("sub", otherId)) + "." + parts[2]);
    forged.put(
        "a signature of zeros",
        parts[0] + "." + parts[1] + "." + BASE64.encodeToString(new byte[64]));
    forged.put("a cut signature", good.substring(0, good.length() - 3));
    forged.put("a refresh token", refreshToken);
    forged.put("a word", "token");
    forged.put("two tokens", good + "," + good);
    return forged;
  }

  private String with(Consumer<ObjectNode> change) throws GeneralSecurityException {
    ObjectNode changed = claims.deepCopy();
    change.accept(changed);
    return signed(header, changed, key);
  }

  private static ObjectNode removed(ObjectNode object, String name) {
    ObjectNode without = object.deepCopy();
    without.remove(name);
    return without;
  }

  private static PrivateKey strangersKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return (ECPrivateKey) generator.generateKeyPair().getPrivate();
  }

  private static String signed(ObjectNode header, ObjectNode claims, PrivateKey key)
      throws GeneralSecurityException {
    String unsigned = unsigned(header, claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
    return unsigned + "." + BASE64.encodeToString(signature.sign());
  }

  /** RFC 8725 §2.1: a verifier that lets the token say how it is checked takes this for good. */
  private String authenticated(ObjectNode changed, ObjectNode claims)
      throws GeneralSecurityException {
    String unsigned = unsigned(changed, claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
    byte[] tag = mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII));
    return unsigned + "." + BASE64.encodeToString(tag);
  }

  private static String unsigned(ObjectNode header, ObjectNode claims) {
    return encoded(header) + "." + encoded(claims);
  }

  private static String encoded(ObjectNode json) {
    return BASE64.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode parse(String part) throws JsonProcessingException {
    byte[] json = Base64.getUrlDecoder().decode(part);
    return (ObjectNode) JSON.readTree(new String(json, StandardCharsets.UTF_8));
  }
}
