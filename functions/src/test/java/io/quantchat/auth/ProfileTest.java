package io.quantchat.auth;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Environment.Variable;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class ProfileTest {

  private final AuthFixture auth;
  private final World world;

  ProfileTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  @Test
  void aProfileHasEverythingThatItsOwnerMaySee() {
    var registered = auth.registered();
    String email = registered.text("email");
    String name = email.substring(0, email.indexOf('@'));

    var answer = auth.profile(registered.text("access_token"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            json(
                """
                {"user_id": "%s", "email": "%s", "username": "%s", "full_name": "%s",
                 "public_key": null, "public_keys": [], "created_at": "2026-02-02T10:00:00.123Z"}
                """
                    .formatted(registered.text("user_id"), email, name, name)));
  }

  @Test
  void whatIsChangedIsChangedAndNothingElse() {
    var registered = auth.registered();
    var before = auth.profile(registered.text("access_token"));

    var named = change(registered, "{'username': ' ann ', 'created_at': 'never'}");
    var both = change(registered, "{'full_name': 'Ann', 'public_key': 'a2V5'}");

    assertThat(named.status()).isEqualTo(200);
    assertThat(named.text("username")).isEqualTo("ann");
    assertThat(named.text("full_name")).isEqualTo(before.text("full_name"));
    assertThat(named.text("email")).isEqualTo(before.text("email"));
    assertThat(both.text("username")).isEqualTo("ann");
    assertThat(both.text("full_name")).isEqualTo("Ann");
    assertThat(both.text("public_key")).isEqualTo("a2V5");
    assertThat(both.body().at("/public_keys/0/key_data").asText()).isEqualTo("a2V5");
    assertThat(auth.profile(registered.text("access_token")).body()).isEqualTo(both.body());
  }

  @Test
  void nullRemovesTheKeyAndLeavesANameAlone() {
    var registered = auth.registered();
    change(registered, "{'username': 'ann', 'public_key': 'a2V5'}");

    var answer = change(registered, "{'username': null, 'full_name': null, 'public_key': null}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("username")).isEqualTo("ann");
    assertThat(answer.body().get("public_key").isNull()).isTrue();
    assertThat(answer.body().get("public_keys")).isEmpty();
  }

  @Test
  void changingNothingAnswersTheProfile() {
    var registered = auth.registered();

    assertThat(change(registered, "{}").body())
        .isEqualTo(auth.profile(registered.text("access_token")).body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "username | {'username': 7}",
        "username | {'username': ' '}",
        "full_name | {'full_name': ['Ann']}",
        "public_key | {'public_key': ''}",
        "public_key | {'public_key': {}}",
      })
  void aFieldAtFaultIsNamedAndNothingIsChanged(String field, String body) {
    var registered = auth.registered();
    var before = auth.profile(registered.text("access_token"));

    var answer = change(registered, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(auth.profile(registered.text("access_token"))).isEqualTo(before);
  }

  @Test
  void eachTokenShowsItsOwnersProfile() {
    var ann = auth.registered();
    var ben = auth.registered();
    change(ben, "{'username': 'ben'}");

    assertThat(auth.profile(ann.text("access_token")).text("email")).isEqualTo(ann.text("email"));
    assertThat(auth.profile(ann.text("access_token")).text("username")).isNotEqualTo("ben");
    assertThat(auth.profile(ben.text("access_token")).text("username")).isEqualTo("ben");
  }

  @Test
  void theProfileOfAnAccountThatIsNoMoreIsRefusedAndNotMadeAnew() {
    var registered = auth.registered();
    String userId = registered.text("user_id");
    world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(userId))));

    assertThat(auth.profile(registered.text("access_token")).status()).isEqualTo(401);
    assertThat(change(registered, "{'username': 'ann'}").status()).isEqualTo(401);
    assertThat(change(registered, "{}").status()).isEqualTo(401);
    assertThat(auth.row(Variable.ACCOUNTS_TABLE, "user_id", userId)).isEmpty();
  }

  private Answer change(Answer owner, String body) {
    return auth.withToken(
        owner.text("access_token"),
        ProxyEvent.of("PATCH", "/users/me").put("body", body.replace('\'', '"')));
  }
}
