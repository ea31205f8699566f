package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.http.Json;
import io.quantchat.testing.Tries;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnvelopeBytesTest {

  @Tries(500)
  void whatWasPutInComesOutToTheCharacter(Random random) {
    Envelope envelope = new Envelopes(random).next();

    Envelope back = EnvelopeBytes.decode(EnvelopeBytes.encode(envelope));

    assertThat(back).isEqualTo(envelope);
    assertThat(text(back)).isEqualTo(text(envelope));
    assertThat(back.encryptedContent()).isEqualTo(envelope.encryptedContent());
  }

  @Tries(200)
  void base64IsStoredAsTheBytesItStandsFor(Random random) {
    byte[] bytes = bytes(random, 255);
    String base64 = Base64.getEncoder().encodeToString(bytes);

    int size = EnvelopeBytes.encode(legacy(base64)).length;

    assertThat(size).isLessThanOrEqualTo(Math.max(bytes.length, 16) + "key".length() + 7);
  }

  @Test
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

  @Test
  void longTextsAndNamesComeOutWhole() {
    String umlauts = "ä€\uD83D\uDE00 ".repeat(8000);
    ObjectNode key = Json.object().put("ü".repeat(15_000), "value").put("", "empty");
    Envelope envelope = withKey(umlauts, key);

    assertThat(EnvelopeBytes.decode(EnvelopeBytes.encode(envelope))).isEqualTo(envelope);
  }

  @Test
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
  @Test
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

  /** Envelopes of all shapes that a request can have, and of texts that look like others. */
  private static final class Envelopes {

    private final Random random;

    Envelopes(Random random) {
      this.random = random;
    }

    Envelope next() {
      return new Envelope(
          text(),
          oneOf(this::textNode, () -> object(3)),
          name(),
          name(),
          name(),
          oneOf(NullNode::getInstance, () -> array(() -> object(2))),
          random.nextBoolean(),
          oneOf(NullNode::getInstance, () -> array(() -> value(2))));
    }

    private String name() {
      return oneOf(
          () -> of("v1", "v2", "ECDH-AES256-GCM", "ML-KEM-768-AES256-GCM", "HKDF-SHA256"),
          this::text);
    }

    private JsonNode value(int depth) {
      return switch (depth == 0 ? 0 : random.nextInt(6)) {
        case 4 -> object(depth - 1);
        case 5 -> array(() -> value(depth - 1));
        default ->
            oneOf(
                this::textNode,
                this::number,
                () -> of(NullNode.instance, BooleanNode.TRUE, BooleanNode.FALSE));
      };
    }

    private JsonNode object(int depth) {
      ObjectNode object = Json.object();
      for (int left = random.nextInt(7); left > 0; left--) {
        object.set(text(), value(depth));
      }
      return object;
    }

    private JsonNode array(Supplier<JsonNode> element) {
      return Json.array().addAll(Stream.generate(element).limit(random.nextInt(6)).toList());
    }

    /** A number as the mapper reads it: the smallest type that holds it, decimals with scale. */
    private JsonNode number() {
      return parsed(
          oneOf(
              () -> Integer.toString(random.nextInt() >> random.nextInt(32)),
              () -> Long.toString(random.nextLong() >> random.nextInt(64)),
              () -> integer(60).toString(),
              () -> of("0", "-1", "0.0", "-0.0", "1.10", "1e5", "1E-7", "123e400", "-1e-400"),
              () -> of("2147483648", "-2147483649", "18446744073709551616", "4294967295"),
              () -> new BigDecimal(integer(42), 12).toPlainString()));
    }

    /** Of either sign, with no more than so many digits. */
    private BigInteger integer(int digits) {
      var magnitude = new BigInteger(random.nextInt(200), random).mod(BigInteger.TEN.pow(digits));
      return random.nextBoolean() ? magnitude : magnitude.negate();
    }

    private JsonNode textNode() {
      return TextNode.valueOf(text());
    }

    private String text() {
      return oneOf(
          () -> characters(40, Character.MAX_CODE_POINT),
          () -> characters(40, Character.MAX_VALUE),
          () -> characters(20, 0x7F),
          () -> of("", "\u0000", "\u0001", "\u0013rest", "ecdh", "signature", "ML-DSA-65", " "),
          () -> Base64.getEncoder().encodeToString(bytes(random, 60)),
          () -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 60)));
    }

    private String characters(int most, int last) {
      return random
          .ints(0, last + 1)
          .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
          .limit(random.nextInt(most + 1))
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }

    @SafeVarargs
    private <T> T of(T... values) {
      return values[random.nextInt(values.length)];
    }

    @SafeVarargs
    private <T> T oneOf(Supplier<? extends T>... kinds) {
      return kinds[random.nextInt(kinds.length)].get();
    }
  }

  private static byte[] bytes(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static JsonNode parsed(String number) {
    try {
      return Json.MAPPER.readTree(number);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
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
