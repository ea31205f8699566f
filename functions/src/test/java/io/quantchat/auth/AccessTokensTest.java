package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Item;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import io.quantchat.tokens.TokenKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** A token is let in only if it is ours and good, which is checked on a route that needs one. */
@StoreTest
class AccessTokensTest {

  private final AuthFixture auth;
  private final World world;
  private final Answer registered;
  private final String good;

  AccessTokensTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
    this.registered = auth.registered();
    this.good = registered.text("access_token");
  }

  @Test
  void aTokenSaysWhoSignedItForWhomAndForHowLong() {
    DecodedJWT token = JWT.decode(good);

    assertThat(token.getAlgorithm()).isEqualTo("ES256");
    assertThat(token.getKeyId()).isEqualTo(signingKey().keyId());
    assertThat(token.getClaims().keySet())
        .containsExactlyInAnyOrder("iss", "aud", "sub", "sid", "iat", "exp", "jti");
    assertThat(token.getIssuer()).isEqualTo("quantchat");
    assertThat(token.getAudience()).containsExactly("quantchat");
    assertThat(token.getSubject()).isEqualTo(registered.text("user_id"));
    assertThat(Duration.between(token.getIssuedAtAsInstant(), token.getExpiresAtAsInstant()))
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aTokenIsGoodUntilItsExpiryAndNotAtIt() {
    Instant expiry = JWT.decode(good).getExpiresAtAsInstant();
    world.clock.advance(Duration.between(world.clock.instant(), expiry.minusMillis(1)));
    assertThat(status(good)).isEqualTo(200);

    world.clock.advance(Duration.ofMillis(1));

    var answer = auth.profile(good);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("detail"))
        .isEqualTo("The access token has expired: refresh it, or log in again.");
  }

  @Test
  void aTokenSignedByAClockALittleAheadIsGood() {
    assertThat(status(sign(claims().withIssuedAt(world.clock.instant().plusSeconds(5)))))
        .isEqualTo(200);
    assertThat(status(sign(claims().withIssuedAt(world.clock.instant().plusSeconds(120)))))
        .isEqualTo(401);
  }

  @Test
  void aTokenAsWeWouldSignItIsGood() {
    assertThat(status(sign(claims()))).isEqualTo(200);
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    assertRefused(sign(claims().withAudience("another")));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    assertRefused(sign(claims().withIssuer("another")));
  }

  @Test
  void aTokenThatNeverExpiresIsRefused() {
    assertRefused(sign(claims().withExpiresAt((Instant) null)));
  }

  @Test
  void aTokenOfNobodyIsRefused() {
    assertRefused(sign(claims().withSubject(null)));
  }

  @Test
  void aTokenOfNoSessionIsRefused() {
    assertRefused(sign(claims().withClaim("sid", (String) null)));
  }

  @Test
  void aTokenWithoutAKeysIdIsRefused() {
    assertRefused(sign(claims().withKeyId(null)));
  }

  @Test
  void aTokenOfAnUnknownKeyIsRefused() {
    assertRefused(sign(claims().withKeyId("unknown")));
  }

  @Test
  void aTokenSignedByAnotherKeyUnderOursIdIsRefused() throws Exception {
    KeyPair other = pair("EC", 256);

    assertRefused(claims().sign(Algorithm.ECDSA256(null, (ECPrivateKey) other.getPrivate())));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    assertRefused(claims().sign(Algorithm.none()));
    assertRefused(good.substring(0, good.lastIndexOf('.') + 1));
    assertRefused(good.substring(0, good.lastIndexOf('.')));
  }

  @Test
  void thePublicKeyIsNoSecretToSignWith() {
    byte[] publicKey =
        world
            .dynamoDb
            .getItem(
                get ->
                    get.tableName(world.table(Variable.TOKEN_KEYS_TABLE))
                        .key(
                            Map.of(
                                "purpose", Item.of(TokenKeys.PURPOSE),
                                "key_id", Item.of(signingKey().keyId()))))
            .item()
            .get("public_key")
            .b()
            .asByteArray();

    assertRefused(claims().sign(Algorithm.HMAC256(publicKey)));
    assertRefused(claims().sign(Algorithm.HMAC256(Base64.getEncoder().encode(publicKey))));
  }

  @Test
  void aTokenOfAnotherAlgorithmIsRefused() throws Exception {
    KeyPair rsa = pair("RSA", 2048);
    KeyPair p384 = pair("EC", 384);

    assertRefused(claims().sign(Algorithm.RSA256(null, (RSAPrivateKey) rsa.getPrivate())));
    assertRefused(claims().sign(Algorithm.ECDSA384(null, (ECPrivateKey) p384.getPrivate())));
  }

  @Test
  void aTokenThatWasTouchedIsRefused() {
    String[] parts = good.split("\\.", -1);
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace(registered.text("user_id"), "89a4ce85-c0ee-47f4-aa19-e381e9da010e")
                    .getBytes(StandardCharsets.UTF_8));

    assertRefused(parts[0] + "." + forged + "." + parts[2]);
    assertRefused(parts[0] + "." + parts[1] + "." + "A".repeat(86));
  }

  @Test
  void aTokenThatWasGoodIsRefusedOnceItsKeyIsWithdrawn() {
    String table = world.table(Variable.TOKEN_KEYS_TABLE);
    var key =
        Map.of(
            TokenKeys.PURPOSE_ATTRIBUTE, Item.of(TokenKeys.PURPOSE),
            TokenKeys.KEY_ID_ATTRIBUTE, Item.of(signingKey().keyId()));
    assertThat(status(good)).isEqualTo(200);

    var withdrawn =
        world
            .dynamoDb
            .deleteItem(d -> d.tableName(table).key(key).returnValues(ReturnValue.ALL_OLD))
            .attributes();
    world.clock.advance(Duration.ofMinutes(6));

    assertRefused(good);
    world.dynamoDb.putItem(put -> put.tableName(table).item(withdrawn));
  }

  @Test
  void aTokenThatWasTouchedIsRefusedThoughTheWholeOneWasGood() {
    assertThat(status(good)).isEqualTo(200);
    assertThat(status(good)).isEqualTo(200);

    for (int place : new int[] {0, good.indexOf('.') + 3, good.length() - 2}) {
      char other = good.charAt(place) == 'A' ? 'B' : 'A';
      assertThat(status(good.substring(0, place) + other + good.substring(place + 1)))
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "..", "a.b.c", "null", "e30.e30.e30", "e30.e30."})
  void whatIsNoTokenIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void aVeryLongTokenIsRefusedUnread() {
    assertRefused(good + "A".repeat(4096));
  }

  private void assertRefused(String token) {
    var answer = auth.profile(token);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("detail")).isEqualTo("The access token is not valid: log in again.");
    assertThat(answer.body().toString()).doesNotContain(token.length() > 4 ? token : "\0");
  }

  private int status(String token) {
    return auth.profile(token).status();
  }

  /** The claims of a good token. */
  private JWTCreator.Builder claims() {
    Instant now = world.clock.instant();
    return JWT.create()
        .withKeyId(signingKey().keyId())
        .withIssuer("quantchat")
        .withAudience("quantchat")
        .withSubject(registered.text("user_id"))
        .withClaim("sid", "session")
        .withIssuedAt(now)
        .withExpiresAt(now.plusSeconds(60));
  }

  private String sign(JWTCreator.Builder claims) {
    return claims.sign(Algorithm.ECDSA256(null, signingKey().privateKey()));
  }

  private SigningKey signingKey() {
    return SigningKeyStore.of(world.host).all().getFirst();
  }

  private static KeyPair pair(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }
}
