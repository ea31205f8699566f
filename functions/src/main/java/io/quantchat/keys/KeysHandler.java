package io.quantchat.keys;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.host.Host;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.tokens.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The routes under {@code /keys}. */
public final class KeysHandler implements RequestStreamHandler {

  /** Bytes of a request. A bundle of today is a quarter of it. */
  private static final int LARGEST_BUNDLE = 64 * 1024;

  /** Bytes of a request: 128 prekeys and their signatures take some 230,000. */
  private static final int LARGEST_BATCH = 256 * 1024;

  /** The form of {@code bundle_version}: 16 digits hold 2^53. */
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,16}");

  private static final Pattern COUNT = Pattern.compile("[1-" + Prekeys.MOST_TAKEN + "]");

  private final Bundles bundles;
  private final Prekeys prekeys;

  /** Refusals of what was made while its owner's clock was wrong. */
  private static final Set<Refusal> OF_THE_CLOCK =
      Set.of(Refusal.FUTURE_BUNDLE, Refusal.EXPIRED_BUNDLE);

  private final RestRoutes routes;

  /** Called by Lambda. */
  public KeysHandler() {
    this(Rehearsal.onLambda(KeysHandler::new, KeysRehearsal::play));
  }

  /** The function on this host. */
  public KeysHandler(Host host) {
    this.bundles = Bundles.of(host);
    this.prekeys = Prekeys.of(host);
    var limits = Limits.of(host);
    this.routes =
        RestRoutes.of(host)
            .signedIn("PUT /keys/bundle", this::publish)
            .signedIn("POST /keys/prekeys", this::upload)
            .signedIn("DELETE /keys/prekeys", this::withdraw)
            .reading("GET /keys/prekeys/count", limits.charging(Limit.READS, this::count))
            .signedIn("GET /keys/{user_id}", this::take)
            .reading("GET /keys/{user_id}/bundle", limits.charging(Limit.READS, this::read));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private RestResponse publish(RestRequest request, Caller caller) {
    var body = PackedJson.toMap(request.object(LARGEST_BUNDLE));
    PublishedBundle bundle =
        verified(() -> bundles.publish(caller.userId(), SignedBundle.fromMap(body)));
    return RestResponse.ok(
        Json.object()
            .put("bundle_version", bundle.version())
            .put("expires_at", Times.format(bundle.goodUntil())));
  }

  private RestResponse upload(RestRequest request, Caller caller) {
    var body = PackedJson.toMap(request.object(LARGEST_BATCH));
    Prekeys.Uploaded uploaded =
        verified(() -> prekeys.upload(caller.userId(), PrekeyBatch.fromMap(body)));
    var json =
        Json.object()
            .put("batch_id", uploaded.batch().batchId())
            .put("expires_at", Times.format(uploaded.batch().goodUntil()));
    json.setAll(uploaded.stock().toJson());
    return new RestResponse(uploaded.isNew() ? 201 : 200, json);
  }

  private RestResponse withdraw(RestRequest request, Caller caller) {
    return RestResponse.ok(Json.object().put("withdrawn", prekeys.withdraw(caller.userId())));
  }

  private RestResponse count(RestRequest request, Caller caller) {
    return RestResponse.ok(prekeys.count(caller.userId()).toJson());
  }

  private RestResponse take(RestRequest request, Caller caller) {
    String userId = request.pathId("user_id");
    String wanted =
        request
            .queryParameter("take")
            .filter(text -> COUNT.matcher(text).matches())
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "take", "must be a whole number from 1 to " + Prekeys.MOST_TAKEN));
    Optional<Long> known = knownVersion(request);
    return RestResponse.ok(
        prekeys.take(userId, caller.userId(), Integer.parseInt(wanted)).toJson(known));
  }

  private RestResponse read(RestRequest request, Caller caller) {
    String userId = request.pathId("user_id");
    Optional<Long> known = knownVersion(request);
    PublishedBundle bundle = bundles.find(userId, caller.userId());
    return known.filter(version -> version == bundle.version()).isPresent()
        ? RestResponse.notModified()
        : RestResponse.ok(bundle.json());
  }

  private static Optional<Long> knownVersion(RestRequest request) {
    Optional<String> known = request.queryParameter("if_version");
    if (known.isPresent() && !VERSION.matcher(known.get()).matches()) {
      throw Problem.invalid("if_version", "must be the bundle_version that you have, or absent");
    }
    return known.map(Long::parseLong);
  }

  /**
   * A refusal by the crypto module is a fault in the request; it names the field, not its value.
   */
  private static <T> T verified(Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException refused) {
      Optional<Problem.Code> code =
          OF_THE_CLOCK.contains(refused.refusal())
              ? Optional.of(Problem.Code.CLOCK)
              : Optional.empty();
      String detail = refused.getMessage().substring(refused.field().length()).strip();
      throw Problem.invalid(List.of(new Problem.FieldError(refused.field(), detail, code)));
    }
  }
}
