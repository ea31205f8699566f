package io.quantchat.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.util.BigIntegers;

/** Makes the file that other implementations are tested against. Bytes are in hex but in JSON. */
final class KnownAnswers {

  private static final UUID SOMEBODY_ELSE = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private KnownAnswers() {}

  static Map<String, Object> make() {
    var answers = new LinkedHashMap<String, Object>();
    answers.put(
        "about",
        "Answers of QuantChat's end-to-end encryption. Bytes are in hex, in lower case, but within"
            + " objects named json, which are as they travel. LP(x) is x behind its length in 4"
            + " bytes, big endian.");
    answers.put("base64", base64());
    answers.put("times", times());
    answers.put("texts", texts());
    answers.put("padding", padding());
    answers.put("padding_refused", List.of(65_536));
    answers.put("hkdf", hkdf());
    answers.put("media_refs", mediaRefs());
    answers.put("media_refs_refused", mediaRefsRefused());
    answers.put("ecdsa", ecdsa());
    answers.put("contents", KnownContents.make());
    answers.put("files", KnownFiles.make());
    var accounts = new LinkedHashMap<String, Object>();
    var messages = new ArrayList<Object>();
    for (Mode mode : Mode.values()) {
      Messages people = Messages.in(mode);
      String suffix = "-" + people.ann().capabilities.names().getLast();
      accounts.putIfAbsent("ann" + suffix, account(people.ann()));
      accounts.putIfAbsent("ben" + suffix, account(people.ben()));
      messages.add(message(people, suffix));
    }
    answers.put("accounts", accounts);
    answers.put("prekeys", prekeys());
    answers.put("messages", messages);
    answers.put("refusals", refusals());
    answers.put("refusal_order", refusalOrder());
    answers.put("safety_number", safetyNumber());
    return answers;
  }

  private static Map<String, Object> base64() {
    return ordered(
        "accepted",
        ordered("", "", "51", "UQ==", "fbff", "+/8="),
        "refused",
        List.of("UR==", "UQ", "UQ=", "-_8=", "UQ==\n", " UQ==", "U Q==", "UQ===", "U"));
  }

  private static Map<String, Object> times() {
    return ordered(
        "accepted",
        ordered("2026-03-01T12:00:00.000Z", 1_772_366_400_000L, "1970-01-01T00:00:00.001Z", 1L),
        "refused",
        List.of(
            "2026-03-01T12:00:00Z",
            "2026-03-01T12:00:00.0000Z",
            "2026-03-01T12:00:00.000+00:00",
            "2026-03-01t12:00:00.000Z",
            "2026-02-30T12:00:00.000Z",
            "2026-03-01T24:00:00.000Z",
            "1969-12-31T23:59:59.999Z"));
  }

  /** By their UTF-16, big endian, which JSON itself can't hold in one spelling. */
  private static Map<String, Object> texts() {
    return ordered(
        "accepted",
        ordered("", "", "00fc", "c3bc", "ffff", "efbfbf", "d83dde00", "f09f9880"),
        "refused",
        List.of("d83d", "de00", "0061d83d", "d83d0061", "de00d83d", "d83dd83dde00"));
  }

  /** Of each signature there is a second one, and both are good. */
  private static Map<String, Object> ecdsa() {
    EcdsaPrivateKey key = Person.named("ann").identityKeys.ecdsa();
    byte[] message = ascii("message");
    byte[] signature = key.sign(message, new ScriptedRandom("none is asked for"));
    BigInteger order = P256.CURVE.getN();
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    return ordered(
        "key", hex(key.publicKey().encoded()),
        "message", hex(message),
        "accepted", List.of(hex(signature), hex(withS(signature, order.subtract(s)))),
        "refused",
            List.of(
                hex(withS(signature, BigInteger.ZERO)),
                hex(withS(signature, order)),
                hex(Arrays.copyOf(signature, 63)),
                hex(Arrays.copyOf(signature, 65))));
  }

  private static byte[] withS(byte[] signature, BigInteger s) {
    byte[] changed = signature.clone();
    BigIntegers.asUnsignedByteArray(s, changed, 32, 32);
    return changed;
  }

  /** By the size of the text: the one byte that ends it is added before. */
  private static List<Object> padding() {
    return IntStream.of(0, 1, 255, 256, 257, 271, 272, 511, 512, 1000, 4095, 4096, 50_000, 65_535)
        .mapToObj(size -> ordered("text", size, "padded", Padding.paddedSize(size + 1)))
        .collect(Collectors.toList());
  }

  private static List<Object> hkdf() {
    var answers = new ArrayList<Object>();
    byte[] ikm = new byte[32];
    for (int i = 0; i < ikm.length; i++) {
      ikm[i] = (byte) i;
    }
    for (Kdf kdf : Kdf.values()) {
      try (Secret material = Secret.copyOf(ikm);
          Secret prk = kdf.extract(ascii("salt"), material);
          Secret okm = kdf.expand(prk, ascii("info"), 44)) {
        answers.add(
            ordered(
                "name",
                kdf.wireName(),
                "ikm",
                hex(ikm),
                "salt",
                hex(ascii("salt")),
                "info",
                hex(ascii("info")),
                "prk",
                hex(prk.bytes()),
                "okm",
                hex(okm.bytes())));
      }
    }
    return answers;
  }

  private static List<Object> mediaRefs() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("z", -1);
    object.put("ä", List.of());
    object.put("a", Map.of("n", true));
    object.put("big", WireFields.LARGEST_NUMBER);
    List<List<?>> lists =
        List.of(List.of(), List.of("a1"), List.of(List.of(false, 0), object, "ü"));
    return lists.stream()
        .map(
            list ->
                ordered(
                    "json", list,
                    "hashed", hex(new MediaRefs(list).content()),
                    "sha256", hex(new MediaRefs(list).hash(Hash.SHA_256)),
                    "sha3_256", hex(new MediaRefs(list).hash(Hash.SHA3_256))))
        .collect(Collectors.toList());
  }

  private static List<Object> mediaRefsRefused() {
    Object deep = "at level 9";
    for (int level = 1; level <= 8; level++) {
      deep = List.of(deep);
    }
    return List.of(
        ordered("json", List.of(1.5), "refusal", Refusal.MALFORMED.name()),
        ordered("json", List.of(1.0), "refusal", Refusal.MALFORMED.name()),
        ordered(
            "json", List.of(WireFields.LARGEST_NUMBER + 1), "refusal", Refusal.MALFORMED.name()),
        ordered("json", Collections.nCopies(33, 0), "refusal", Refusal.EXTENDED.name()),
        ordered("json", List.of(deep), "refusal", Refusal.EXTENDED.name()));
  }

  private static Map<String, Object> account(Person person) {
    Bundle bundle = person.signedBundle.bundle();
    byte[] signed = bundle.transcript().toBytes();
    Identity identity = person.identityKeys.identity();
    var prekeys = new ArrayList<Object>();
    person.signedPrekeys.forEach(
        (id, secret) -> prekeys.add(ordered("key_id", id.text(), "scalar", hex(secret.bytes()))));
    person.lastResorts.forEach(
        (id, secret) -> prekeys.add(ordered("key_id", id.text(), "seed", hex(secret.bytes()))));
    return ordered(
        "user_id", person.userId.toString(),
        "ecdsa_scalar", hex(person.identityKeys.ecdsa().toSecret().bytes()),
        "ml_dsa_seed", hex(person.identityKeys.mlDsa().toSecret().bytes()),
        "identity_hashed", hex(identity.transcript().toBytes()),
        "fingerprint_sha256", hex(identity.fingerprint(Hash.SHA_256)),
        "fingerprint_sha3_256", hex(identity.fingerprint(Hash.SHA3_256)),
        "prekeys", prekeys,
        "bundle",
            ordered(
                "json", person.signedBundle.toMap(),
                "signed", hex(signed),
                "sha256", hex(Hash.SHA_256.of(signed)),
                "sha3_256", hex(Hash.SHA3_256.of(signed))));
  }

  private static Map<String, Object> prekeys() {
    Person ben = Person.named("ben");
    PrekeyBatch batch = ben.addPrekeys(3);
    BatchStatement statement = batch.statement();
    var pairs = new ArrayList<Object>();
    for (int i = 0; i < batch.prekeys().size(); i++) {
      KeyId id = batch.prekeys().get(i).id();
      List<Secret> secrets = ben.oneTimeKeys.get(id);
      pairs.add(
          ordered(
              "key_id", id.text(),
              "scalar", hex(secrets.get(0).bytes()),
              "seed", hex(secrets.get(1).bytes()),
              "leaf", hex(MerkleTree.leaf(i, batch.prekeys().get(i)))));
    }
    return ordered(
        "account", "ben-v2",
        "pairs", pairs,
        "root", hex(statement.root()),
        "signed", hex(statement.transcript().toBytes()),
        "upload", ordered("json", batch.toMap()),
        "offers",
            batch.offers().stream()
                .map(offer -> ordered("json", offer.toMap()))
                .collect(Collectors.toList()),
        "together", ordered("json", new OfferedPrekeys(ben.userId, batch.offers()).toMap()),
        "together_refused",
            List.of(
                refusal("/batches", List.of(), Refusal.MALFORMED),
                refusal("/batches", null, Refusal.MISSING),
                refusal("/batches/0/count", 2, Refusal.EXTENDED),
                refusal("/batches/0/count", 4, Refusal.BAD_SIGNATURE),
                refusal("/batches/0/signatures", List.of(), Refusal.MISSING_SIGNATURE),
                refusal("/user_id", SOMEBODY_ELSE.toString(), Refusal.WRONG_USER),
                refusal("/one_time_prekeys/0/batch", 1, Refusal.MALFORMED),
                refusal("/one_time_prekeys/0/path", List.of(), Refusal.TRUNCATED),
                refusal("/one_time_prekeys/1/path", List.of(), Refusal.TRUNCATED),
                refusal("/one_time_prekeys/1/index", 2, Refusal.TRUNCATED),
                refusal("/one_time_prekeys/2/index", 3, Refusal.EXTENDED)));
  }

  private static Map<String, Object> message(Messages people, String suffix) {
    Mode mode = people.mode();
    Person ann = people.ann();
    Person ben = people.ben();
    Optional<OfferedPrekey> offered =
        mode.isForwardSecret() ? Optional.of(ben.takePrekey()) : Optional.empty();
    ScriptedRandom random = new ScriptedRandom("message " + mode.wireName());
    OutgoingMessage outgoing = outgoing(mode, ann);
    Envelope envelope =
        new MessageSealer(
                ann.userId, ann.identityKeys, ann.capabilities, id -> false, ann.clock(), random)
            .seal(ann.pin(ben), offered, outgoing)
            .envelope();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("mode", mode.wireName());
    answer.put("sender", "ann" + suffix);
    answer.put("recipient", "ben" + suffix);
    offered.ifPresent(prekey -> answer.put("one_time_prekey", oneTime(prekey, ben)));
    answer.put("plaintext", hex(outgoing.plaintext()));
    answer.put("randomness", randomness(mode, random.given()));
    answer.putAll(derivation(people, envelope));
    answer.put("json", people.wire(envelope));
    return answer;
  }

  private static OutgoingMessage outgoing(Mode mode, Person ann) {
    UUID id = new UUID(Messages.ID.getMostSignificantBits(), Long.MIN_VALUE | modeNumber(mode));
    return switch (mode) {
      case SPK -> new OutgoingMessage(id, ann.now, new byte[0]);
      case SPK_OPK -> new OutgoingMessage(id, ann.now, utf8(Messages.TEXT));
      case SPK_KEM -> new OutgoingMessage(id, ann.now, utf8("Grüße, 世界! ".repeat(40)));
      case SPK_OPK_KEM ->
          new OutgoingMessage(
              id,
              ann.now.minusSeconds(60),
              utf8(Messages.TEXT),
              new MediaRefs(List.of(ordered("id", "a1", "size", 5), "x")));
    };
  }

  private static long modeNumber(Mode mode) {
    return Arrays.asList(Mode.values()).indexOf(mode);
  }

  private static Map<String, Object> oneTime(OfferedPrekey offered, Person ben) {
    List<Secret> secrets = ben.oneTimeKeys.get(offered.prekey().id());
    return ordered(
        "key_id", offered.prekey().id().text(),
        "scalar", hex(secrets.get(0).bytes()),
        "seed", hex(secrets.get(1).bytes()),
        "json", offered.toMap());
  }

  /** In the order in which sealing asks for it. */
  private static Map<String, Object> randomness(Mode mode, List<byte[]> given) {
    List<String> names =
        mode == Mode.SPK || mode == Mode.SPK_OPK
            ? List.of("ephemeral_scalar", "content_key", "content_nonce")
            : List.of(
                "ephemeral_scalar",
                "encapsulation",
                "content_key",
                "content_nonce",
                "ml_dsa_signature");
    if (names.size() != given.size()) {
      throw new IllegalStateException("Sealing asked " + given.size() + " times");
    }
    var named = new LinkedHashMap<String, Object>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), hex(given.get(i)));
    }
    return named;
  }

  private static Map<String, Object> derivation(Messages people, Envelope envelope) {
    Suite suite = envelope.suite();
    SessionKey sessionKey = envelope.sessionKey();
    Secrets secrets = Secrets.of(people, envelope);
    byte[] hash = secrets.hash();
    byte[] ikm = secrets.keyMaterial();
    var steps = new LinkedHashMap<String, Object>();
    steps.put("hashed", hex(secrets.binding().transcript().toBytes()));
    steps.put("th", hex(hash));
    steps.put("ikm", hex(ikm));
    try (Secret material = Secret.copyOf(ikm);
        Secret prk = suite.kdf().extract(ascii(suite.label()), material);
        Secret kek = suite.kdf().expand(prk, joined(ascii("kek"), hash), 44);
        var keyWrap = new KeyWrap(suite, material, hash);
        Secret contentKey = keyWrap.unwrap(sessionKey.wrap()).orElseThrow();
        Secret content = suite.kdf().expand(contentKey, joined(ascii("content"), hash), 64);
        ReceiptKey receiptKey = ReceiptKey.of(suite, contentKey, hash);
        Secret kept = receiptKey.toSecret();
        var cipher = new ContentCipher(suite, contentKey, hash, sessionKey.wrap());
        Secret padded = cipher.open(envelope.content())) {
      steps.put("prk", hex(prk.bytes()));
      steps.put("kek", hex(Arrays.copyOf(kek.bytes(), 32)));
      steps.put("n", hex(Arrays.copyOfRange(kek.bytes(), 32, 44)));
      steps.put("wrap", hex(sessionKey.wrap()));
      steps.put("k_c", hex(Arrays.copyOf(content.bytes(), 32)));
      steps.put("com", hex(Arrays.copyOfRange(content.bytes(), 32, 64)));
      steps.put("padded", hex(padded.bytes()));
      steps.put("encrypted_content", hex(envelope.content()));
      steps.put("k_r", hex(Arrays.copyOf(kept.bytes(), 32)));
      steps.put(
          "proofs",
          ordered(
              "delivered", hex(receiptKey.prove(Receipt.DELIVERED, envelope.messageId())),
              "read", hex(receiptKey.prove(Receipt.READ, envelope.messageId()))));
    }
    steps.put(
        "signatures",
        envelope.signatures().stream()
            .map(
                signature ->
                    ordered(
                        "algorithm", signature.algorithm().wireName(),
                        "signed", hex(signed(secrets, envelope, signature)),
                        "signature", hex(signature.signature().bytes())))
            .collect(Collectors.toList()));
    return steps;
  }

  private static byte[] signed(Secrets secrets, Envelope envelope, MessageSignature signature) {
    return secrets
        .binding()
        .signed(
            secrets.hash(),
            envelope.sessionKey().wrap(),
            envelope.content(),
            envelope.mediaRefs(),
            signature.time())
        .toBytes();
  }

  /**
   * Changes to the last message (RFC 6901 pointers; null takes the member away) and the refusal.
   */
  private static List<Object> refusals() {
    return List.of(
        refusal("/crypto_version", "v9", Refusal.UNKNOWN_SUITE),
        refusal("/crypto_version", "v1", Refusal.MIXED_SUITE),
        refusal("/kdf_algorithm", "HKDF-SHA256", Refusal.MIXED_SUITE),
        refusal("/message_id", "019CA8F1-2C00-7ABC-8000-000000000003", Refusal.MALFORMED),
        refusal("/message_id", "019ca8f1-2c00-7abc-8000-000000000004", Refusal.BAD_SIGNATURE),
        refusal("/sender_id", SOMEBODY_ELSE.toString(), Refusal.WRONG_USER),
        refusal("/recipient_id", SOMEBODY_ELSE.toString(), Refusal.WRONG_USER),
        refusal("/created_at", "2026-03-01T11:59:00Z", Refusal.MALFORMED),
        refusal("/created_at", "2026-03-01T11:59:00.001Z", Refusal.BAD_SIGNATURE),
        refusal("/created_at", "2026-03-31T12:00:00.000Z", Refusal.EXPIRED_BUNDLE),
        refusal("/media_refs", List.of(), Refusal.BAD_SIGNATURE),
        refusal("/media_refs", List.of(1.5), Refusal.MALFORMED),
        refusal("/signatures", List.of(), Refusal.MISSING_SIGNATURE),
        refusal("/signatures/0/algorithm", "RSA", Refusal.UNKNOWN_ALGORITHM),
        refusal("/signatures/0/key_id", "AAAAAAAAAAAAAAAAAAAAAA", Refusal.WRONG_KEY),
        refusal("/signatures/1/timestamp", "2026-03-01T12:00:00.001Z", Refusal.BAD_SIGNATURE),
        refusal("/encrypted_session_key/mlkem", null, Refusal.MISSING),
        refusal("/encrypted_session_key/kem_key", null, Refusal.MISSING),
        refusal("/encrypted_session_key/opk", null, Refusal.WRONG_KEY),
        refusal("/encrypted_session_key/spk", "AAAAAAAAAAAAAAAAAAAAAA", Refusal.UNKNOWN_PREKEY),
        refusal("/encrypted_session_key/bundle", 2, Refusal.UNKNOWN_BUNDLE),
        refusal("/encrypted_session_key/capabilities", List.of("v2"), Refusal.BAD_SIGNATURE),
        refusal("/encrypted_session_key/capabilities", List.of("v1"), Refusal.UNEXPECTED),
        refusal("/encrypted_session_key/wrap", "AAAA", Refusal.TRUNCATED),
        refusal("/encrypted_session_key/ecdh", "B" + "A".repeat(86) + "=", Refusal.INVALID_KEY),
        refusal("/encrypted_content", "AAAA", Refusal.TRUNCATED));
  }

  /** Several changes to the last message, and the refusal that comes first. */
  private static List<Object> refusalOrder() {
    String unknown = "AAAAAAAAAAAAAAAAAAAAAA";
    String late = "2026-03-31T12:00:00.000Z";
    return List.of(
        first(Refusal.UNKNOWN_SUITE, "/crypto_version", "v9", "/message_id", "x"),
        first(Refusal.MALFORMED, "/message_id", "x", "/sender_id", SOMEBODY_ELSE.toString()),
        first(
            Refusal.MALFORMED,
            "/media_refs",
            List.of(1.5),
            "/encrypted_session_key/mlkem",
            null,
            "/recipient_id",
            SOMEBODY_ELSE.toString()),
        first(
            Refusal.MISSING,
            "/encrypted_session_key/mlkem",
            null,
            "/recipient_id",
            SOMEBODY_ELSE.toString()),
        first(
            Refusal.WRONG_USER,
            "/sender_id",
            SOMEBODY_ELSE.toString(),
            "/signatures/0/timestamp",
            late),
        first(
            Refusal.EXPIRED_BUNDLE,
            "/signatures/0/timestamp",
            late,
            "/encrypted_session_key/bundle",
            2),
        first(
            Refusal.UNKNOWN_BUNDLE,
            "/encrypted_session_key/bundle",
            2,
            "/encrypted_session_key/capabilities",
            List.of("v1")),
        first(
            Refusal.EXPIRED_BUNDLE,
            "/created_at",
            late,
            "/encrypted_session_key/capabilities",
            List.of("v1")),
        first(
            Refusal.UNEXPECTED,
            "/encrypted_session_key/capabilities",
            List.of("v1"),
            "/signatures",
            List.of()),
        first(
            Refusal.MISSING_SIGNATURE,
            "/signatures",
            List.of(),
            "/encrypted_session_key/spk",
            unknown),
        first(
            Refusal.WRONG_KEY,
            "/signatures/1/key_id",
            unknown,
            "/encrypted_session_key/spk",
            unknown),
        first(
            Refusal.UNKNOWN_PREKEY,
            "/encrypted_session_key/spk",
            unknown,
            "/signatures/1/timestamp",
            "2026-03-01T12:00:00.001Z"));
  }

  private static Map<String, Object> first(Refusal refusal, Object... pointersAndValues) {
    var changes = new ArrayList<Object>();
    for (int i = 0; i < pointersAndValues.length; i += 2) {
      changes.add(ordered("pointer", pointersAndValues[i], "value", pointersAndValues[i + 1]));
    }
    return ordered("changes", changes, "refusal", refusal.name());
  }

  private static Map<String, Object> refusal(String pointer, Object value, Refusal refusal) {
    return ordered("pointer", pointer, "value", value, "refusal", refusal.name());
  }

  private static Map<String, Object> safetyNumber() {
    Person ann = Person.named("ann");
    Person ben = Person.named("ben");
    SafetyNumber number =
        SafetyNumber.of(
            ann.userId, ann.identityKeys.identity(), ben.userId, ben.identityKeys.identity());
    SafetyNumber bens =
        SafetyNumber.of(
            ben.userId, ben.identityKeys.identity(), ann.userId, ann.identityKeys.identity());
    return ordered(
        "accounts", List.of("ann-v2", "ben-v2"),
        "digits", number.digits(),
        "qr_code", hex(number.qrCode()),
        "qr_code_of_the_other", hex(bens.qrCode()));
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return org.bouncycastle.util.Arrays.concatenate(one, other);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
