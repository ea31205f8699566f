package io.quantchat.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The recipient's side once more, written from the package's description with the JDK's own
 * cryptography: shares neither code nor library with the module, but for the expansion of ML-KEM's
 * seed, which the JDK doesn't take.
 */
final class SecondImplementation {

  private static final byte[] NONE = {};

  private final boolean hybrid;
  private final String hash;
  private final String mac;

  SecondImplementation(String cryptoVersion) {
    this.hybrid = cryptoVersion.equals("v2");
    this.hash = hybrid ? "SHA3-256" : "SHA-256";
    this.mac = hybrid ? "HmacSHA3-256" : "HmacSHA256";
  }

  String label() {
    return hybrid ? "QuantChat-v2-msg" : "QuantChat-v1-msg";
  }

  byte[] hash(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance(hash).digest(bytes);
  }

  // Encodings.

  static byte[] lp(byte[]... fields) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    for (byte[] field : fields) {
      bytes.putInt(field.length).put(field);
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** In whatever order they came. */
  static byte[] sortedList(JsonNode texts) {
    var fields = new ArrayList<byte[]>();
    texts.forEach(text -> fields.add(text(text)));
    fields.sort(Arrays::compareUnsigned);
    return lp(fields.toArray(byte[][]::new));
  }

  static byte[] text(JsonNode node) {
    return text(node.asText());
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] base64(JsonNode node) {
    return node.isMissingNode() ? NONE : Base64.getDecoder().decode(node.asText());
  }

  static byte[] id(JsonNode node) {
    UUID id = UUID.fromString(node.asText());
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  static byte[] time(JsonNode node) {
    return number(Instant.parse(node.asText()).toEpochMilli());
  }

  static byte[] joined(byte[]... parts) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      bytes.put(part);
    }
    return bytes.array();
  }

  // Bundles.

  static JsonNode active(JsonNode bundle, String algorithm) {
    for (JsonNode key : bundle.path("keys")) {
      if (key.path("algorithm").asText().equals(algorithm)
          && key.path("status").asText().equals("active")) {
        return key;
      }
    }
    throw new IllegalArgumentException(algorithm);
  }

  static byte[] signedOfBundle(JsonNode bundle) throws GeneralSecurityException {
    var sorted = new ArrayList<JsonNode>();
    bundle.path("keys").forEach(sorted::add);
    sorted.sort(Comparator.comparing(key -> key.path("key_id").asText()));
    var keys = new ArrayList<byte[]>();
    for (JsonNode key : sorted) {
      keys.add(
          lp(
              text(key.path("key_id")),
              text(key.path("algorithm")),
              text(key.path("status")),
              time(key.path("created_at")),
              MessageDigest.getInstance("SHA-256").digest(base64(key.path("key_data")))));
    }
    return lp(
        text("QuantChat-bundle-v1"),
        id(bundle.path("user_id")),
        number(bundle.path("bundle_version").asLong()),
        time(bundle.path("created_at")),
        time(bundle.path("expires_at")),
        sortedList(bundle.path("capabilities")),
        lp(keys.toArray(byte[][]::new)));
  }

  byte[] fingerprint(JsonNode bundle) throws GeneralSecurityException {
    return hash(
        lp(
            text("QuantChat-identity"),
            base64(active(bundle, "ECDSA-P256").path("key_data")),
            base64(active(bundle, "ML-DSA-65").path("key_data"))));
  }

  // Messages.

  byte[] hashed(JsonNode message, JsonNode sender, JsonNode recipient, JsonNode prekey)
      throws GeneralSecurityException {
    JsonNode key = message.path("encrypted_session_key");
    boolean oneTime = key.has("opk");
    byte[] kem =
        oneTime
            ? base64(prekey.path("mlkem"))
            : base64(hybrid ? active(recipient, "ML-KEM-768").path("key_data") : missing());
    return lp(
        text(label()),
        text(message.path("crypto_version")),
        text(message.path("encryption_algorithm")),
        text(message.path("kdf_algorithm")),
        id(message.path("message_id")),
        id(message.path("sender_id")),
        id(message.path("recipient_id")),
        time(message.path("created_at")),
        fingerprint(sender),
        fingerprint(recipient),
        hash(signedOfBundle(recipient)),
        hash(sortedList(key.path("capabilities"))),
        lp(
            signingKeyIds(sender),
            lp(text(key.path("spk")), text(key.path("opk")), text(key.path("kem_key")))),
        text("spk" + (oneTime ? "+opk" : "") + (hybrid ? "+kem" : "")),
        base64(key.path("ecdh")),
        base64(active(recipient, "ECDH-P256").path("key_data")),
        oneTime ? base64(prekey.path("ecdh")) : NONE,
        hybrid ? kem : NONE,
        base64(key.path("mlkem")));
  }

  byte[] signed(JsonNode message, JsonNode sender, byte[] th, byte[] mediaRefs, JsonNode signature)
      throws GeneralSecurityException {
    byte[] required =
        hybrid ? lp(text("ECDSA-P256-SHA256"), text("ML-DSA-65")) : lp(text("ECDSA-P256-SHA256"));
    return lp(
        text(label() + "-sig"),
        th,
        hash(base64(message.at("/encrypted_session_key/wrap"))),
        hash(base64(message.path("encrypted_content"))),
        hash(mediaRefs),
        required,
        signingKeyIds(sender),
        time(signature.path("timestamp")));
  }

  private byte[] signingKeyIds(JsonNode sender) {
    byte[] ecdsa = text(active(sender, "ECDSA-P256").path("key_id"));
    return hybrid ? lp(ecdsa, text(active(sender, "ML-DSA-65").path("key_id"))) : lp(ecdsa);
  }

  static boolean verifies(JsonNode signer, JsonNode signature, byte[] signed)
      throws GeneralSecurityException {
    boolean lattice = signature.path("algorithm").asText().equals("ML-DSA-65");
    Signature verifier =
        Signature.getInstance(lattice ? "ML-DSA-65" : "SHA256withECDSAinP1363Format");
    byte[] key = base64(active(signer, lattice ? "ML-DSA-65" : "ECDSA-P256").path("key_data"));
    verifier.initVerify(lattice ? publicKey("ML-DSA-65", key) : ecPublicKey(key));
    verifier.update(signed);
    return verifier.verify(base64(signature.path("signature")));
  }

  // Contents.

  /** Canonical JSON of objects, lists, strings and whole numbers, between its marks. */
  static byte[] content(JsonNode header, String text) {
    byte[] mark = {(byte) 0xFF};
    return joined(mark, text(canonical(header)), mark, text(text));
  }

  private static String canonical(JsonNode node) {
    if (node.isObject()) {
      var members = new ArrayList<String>();
      var names = new ArrayList<String>();
      node.fieldNames().forEachRemaining(names::add);
      names.sort(String::compareTo);
      names.forEach(name -> members.add('"' + name + "\":" + canonical(node.get(name))));
      return "{" + String.join(",", members) + "}";
    }
    if (node.isArray()) {
      var elements = new ArrayList<String>();
      node.forEach(element -> elements.add(canonical(element)));
      return "[" + String.join(",", elements) + "]";
    }
    return node.isTextual() ? node.toString() : String.valueOf(node.asLong());
  }

  // Primitives.

  static byte[] agree(byte[] scalar, byte[] point) throws GeneralSecurityException {
    ECPublicKey other = (ECPublicKey) ecPublicKey(point);
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, scalar), other.getParams()));
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  /**
   * @param expanded FIPS 203's decapsulation key
   */
  static byte[] decapsulate(byte[] expanded, byte[] ciphertext) throws GeneralSecurityException {
    byte[] template =
        KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair().getPrivate().getEncoded();
    PrivateKey key =
        KeyFactory.getInstance("ML-KEM-768")
            .generatePrivate(new PKCS8EncodedKeySpec(endingIn(template, expanded)));
    return KEM.getInstance("ML-KEM-768").newDecapsulator(key).decapsulate(ciphertext).getEncoded();
  }

  byte[] extract(byte[] salt, byte[] ikm) throws GeneralSecurityException {
    return hmac(salt, ikm);
  }

  byte[] expand(byte[] prk, byte[] info, int size) throws GeneralSecurityException {
    byte[] output = NONE;
    byte[] block = NONE;
    for (int i = 1; output.length < size; i++) {
      block = hmac(prk, joined(block, info, new byte[] {(byte) i}));
      output = joined(output, block);
    }
    return Arrays.copyOf(output, size);
  }

  static byte[] open(byte[] key, byte[] nonce, byte[] sealed, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(associated);
    return cipher.doFinal(sealed);
  }

  byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac instance = Mac.getInstance(mac);
    instance.init(new SecretKeySpec(key, mac));
    return instance.doFinal(message);
  }

  private static PublicKey publicKey(String algorithm, byte[] raw) throws GeneralSecurityException {
    byte[] template =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic().getEncoded();
    return KeyFactory.getInstance(algorithm)
        .generatePublic(new X509EncodedKeySpec(endingIn(template, raw)));
  }

  private static PublicKey ecPublicKey(byte[] point) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] template = generator.generateKeyPair().getPublic().getEncoded();
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(endingIn(template, point)));
  }

  /** Another key of the same kind in DER ends in its raw bytes; all before are the same. */
  private static byte[] endingIn(byte[] template, byte[] raw) {
    return joined(Arrays.copyOf(template, template.length - raw.length), raw);
  }

  private static JsonNode missing() {
    return MissingNode.getInstance();
  }

  static List<byte[]> split(byte[] bytes, int... sizes) {
    var parts = new ArrayList<byte[]>();
    int at = 0;
    for (int size : sizes) {
      parts.add(Arrays.copyOfRange(bytes, at, at + size));
      at += size;
    }
    parts.add(Arrays.copyOfRange(bytes, at, bytes.length));
    return parts;
  }
}
