package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.http.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class EnvelopeBytesTest {

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatWasPutInComesOutToTheCharacter(@ForAll("envelopes") Envelope envelope) throws Exception {
    Envelope back = EnvelopeBytes.decode(EnvelopeBytes.encode(envelope));

    assertThat(back).isEqualTo(envelope);
    assertThat(text(back)).isEqualTo(text(envelope));
    assertThat(back.encryptedContent()).isEqualTo(envelope.encryptedContent());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void base64IsStoredAsTheBytesItStandsFor(@ForAll byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);

    int size = EnvelopeBytes.encode(legacy(base64)).length;

    assertThat(size).isLessThanOrEqualTo(Math.max(bytes.length, 16) + "key".length() + 7);
  }

  @Example
  void textThatOnlyResemblesBase64StaysAsItIs() {
    for (String text :
        List.of(
            "QUJDREVGR0hJSktMTU5PUB==", // bits left over
            "QUJDREVGR0hJSktMTU5PUA", // no padding
            "QUJDREVGR0hJSktM_U5PUA==", // the alphabet of URLs
            "QUJDREVG\nR0hJSktMTU5PUA==",
            "encrypted:Hello!",
            "= = = = = = = = ")) {
      assertThat(EnvelopeBytes.decode(EnvelopeBytes.encode(legacy(text)))).isEqualTo(legacy(text));
    }
  }

  @Example
  void longTextsAndNamesComeOutWhole() {
    String umlauts = "ä€\uD83D\uDE00 ".repeat(8000);
    ObjectNode key = Json.object().put("ü".repeat(15_000), "value").put("", "empty");
    Envelope envelope = withKey(umlauts, key);

    assertThat(EnvelopeBytes.decode(EnvelopeBytes.encode(envelope))).isEqualTo(envelope);
  }

  @Example
  void fieldsThatHaveTheirDefaultsTakeNoSpace() {
    Envelope named =
        new Envelope(
            "content",
            TextNode.valueOf("key"),
            "v1",
            "ECDH-AES256-GCM",
            "HKDF-SHA256",
            NullNode.instance,
            false,
            NullNode.instance);

    assertThat(EnvelopeBytes.encode(named))
        .hasSize(1 + 1 + "content".length() + 1 + "key".length());
  }

  /** Messages outlive the function that stored them: these bytes must be read for ever. */
  @Example
  void whatEarlierVersionsStoredIsStillRead() throws Exception {
    Envelope envelope =
        new Envelope(
            "AAECAwQFBgcICQoLDA0ODw==",
            Json.MAPPER.readTree(
                "{'ecdh':'a','mlkem':'b','wrap':'c','spk':'d','opk':'e','kem_key':'f','x':[1,-2.50]}"
                    .replace('\'', '"')),
            "v2",
            "ML-KEM-768-AES256-GCM",
            "HKDF-SHA3-256",
            Json.MAPPER.readTree(
                "[{'algorithm':'ECDSA-P256-SHA256','signature':'g','key_id':'h','timestamp':'i'},"
                        .replace('\'', '"')
                    + "{'algorithm':'ML-DSA-65'}]".replace('\'', '"')),
            true,
            Json.MAPPER.readTree("['v1','ECDH-AES256-GCM','HKDF-SHA256']".replace('\'', '"')));

    assertThat(HexFormat.of().formatHex(EnvelopeBytes.encode(envelope))).isEqualTo(STORED);
    assertThat(EnvelopeBytes.decode(HexFormat.of().parseHex(STORED))).isEqualTo(envelope);
  }

  private static final String STORED =
      "8850000102030405060708090a0b0c0d0e0fa76105616161066162610761636108616461096165610a616661788201"
          + "c4822138f982a461016111610261676103616861046169a161016112610c610e6110f583610b610d610f";

  @Provide
  Arbitrary<Envelope> envelopes() {
    Arbitrary<JsonNode> texts = texts().map(TextNode::valueOf);
    Arbitrary<JsonNode> keys = Arbitraries.oneOf(texts, objects(3));
    Arbitrary<JsonNode> lists =
        Arbitraries.oneOf(Arbitraries.just(NullNode.instance), arrays(objects(2)));
    Arbitrary<JsonNode> mediaRefs =
        Arbitraries.oneOf(Arbitraries.just(NullNode.instance), arrays(values(2)));
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("v1", "v2", "ECDH-AES256-GCM", "ML-KEM-768-AES256-GCM", "HKDF-SHA256"),
            texts());
    return Combinators.combine(
            texts(), keys, names, names, names, lists, Arbitraries.of(true, false), mediaRefs)
        .as(Envelope::new);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            texts().map(TextNode::valueOf),
            numbers(),
            Arbitraries.of(NullNode.instance, BooleanNode.TRUE, BooleanNode.FALSE));
    return depth == 0
        ? leaves
        : Arbitraries.frequencyOf(
            Tuple.of(4, leaves),
            Tuple.of(1, objects(depth - 1)),
            Tuple.of(1, arrays(values(depth - 1))));
  }

  private static Arbitrary<JsonNode> objects(int depth) {
    return Arbitraries.maps(texts(), values(depth))
        .ofMaxSize(6)
        .map(
            members -> {
              ObjectNode object = Json.object();
              for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                object.set(member.getKey(), member.getValue());
              }
              return object;
            });
  }

  private static Arbitrary<JsonNode> arrays(Arbitrary<JsonNode> elements) {
    return elements.list().ofMaxSize(5).map(list -> Json.array().addAll(list));
  }

  /** Numbers as the mapper reads them: the smallest type that holds them, decimals with scale. */
  private static Arbitrary<JsonNode> numbers() {
    return Arbitraries.oneOf(
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(60).negate(), BigInteger.TEN.pow(60))
                .map(BigInteger::toString),
            Arbitraries.of("0", "-1", "0.0", "-0.0", "1.10", "1e5", "1E-7", "123e400", "-1e-400"),
            Arbitraries.of("2147483648", "-2147483649", "18446744073709551616", "4294967295"),
            Arbitraries.bigDecimals()
                .between(BigDecimal.TEN.pow(30).negate(), BigDecimal.TEN.pow(30))
                .ofScale(12)
                .map(BigDecimal::toPlainString))
        .map(EnvelopeBytesTest::parsed);
  }

  private static JsonNode parsed(String number) {
    try {
      return Json.MAPPER.readTree(number);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40).filter(EnvelopeBytesTest::isUnicode),
        Arbitraries.strings().ascii().ofMaxLength(20),
        Arbitraries.of("", "\u0000", "\u0001", "\u0013rest", "ecdh", "signature", "ML-DSA-65", " "),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(60)
            .map(bytes -> Base64.getEncoder().encodeToString(bytes)),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(60)
            .map(bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  private static String text(Envelope envelope) {
    ObjectNode json = Json.object();
    envelope.writeTo(json);
    json.put("has_media", envelope.hasMedia());
    json.set("media_refs", envelope.mediaRefs());
    return json.toString();
  }

  private static Envelope legacy(String content) {
    return withKey(content, TextNode.valueOf("key"));
  }

  private static Envelope withKey(String content, JsonNode key) {
    return new Envelope(
        content,
        key,
        Envelope.DEFAULT_CRYPTO_VERSION,
        Envelope.DEFAULT_ENCRYPTION_ALGORITHM,
        Envelope.DEFAULT_KDF_ALGORITHM,
        NullNode.instance,
        false,
        NullNode.instance);
  }
}
