package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.crypto.SignedBundle;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The relay's key directory as tests look at it, past whatever is tampered with. */
final class RealDirectory {

  private static final int MOST_TAKEN = 5;

  private final TestRelay relay;

  RealDirectory(TestRelay relay) {
    this.relay = relay;
  }

  /** One-time prekeys of somebody's that nobody has taken. */
  int stockOf(UUID userId) {
    return (int) ask(userId, "/keys/prekeys/count").get("one_time");
  }

  /** What somebody has published. */
  SignedBundle bundleOf(UUID userId) {
    return SignedBundle.fromMap(ask(userId, "/keys/" + userId + "/bundle"));
  }

  /**
   * Takes prekeys of somebody's away.
   *
   * @param taker in whose name
   */
  void take(UUID userId, int count, UUID taker) {
    for (int left = count; left > 0; left -= MOST_TAKEN) {
      ask(taker, "/keys/" + userId + "?take=" + Math.min(left, MOST_TAKEN));
    }
  }

  /** Takes all of them away. */
  void drain(UUID userId, UUID taker) {
    take(userId, stockOf(userId), taker);
    assertThat(ask(taker, "/keys/" + userId + "?take=1").get("one_time_prekeys"))
        .isEqualTo(List.of());
  }

  private Map<String, Object> ask(UUID caller, String path) {
    HttpResponse<String> response = relay.ask(caller, path);
    assertThat(response.statusCode()).isEqualTo(200);
    return Json.read(response.body()).flatMap(Json::object).orElseThrow();
  }
}
