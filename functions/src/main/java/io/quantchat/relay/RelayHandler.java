package io.quantchat.relay;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.push.Pushes;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.tokens.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The relay's REST routes: send, fetch, acknowledge, read a conversation. */
public final class RelayHandler implements RequestStreamHandler {

  /** The largest send request, in UTF-8 bytes. */
  static final int LARGEST_REQUEST = 96 * 1024;

  private static final int LARGEST_ACKNOWLEDGEMENT = 32 * 1024;

  private static final String WHAT_A_CURSOR_IS =
      "must be the next_cursor of an earlier answer; leave it out to start";

  /** A header, since the original client reads the answer as a list. */
  private static final String NEXT_CURSOR = "Next-Cursor";

  private static final int MOST_IDS = 100;
  private static final int LARGEST_PAGE = 100;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

  private final RelayService relay;
  private final Clock clock;
  private final Limits limits;
  private final RestRoutes routes;

  /** Called by Lambda. */
  public RelayHandler() {
    this(Rehearsal.onLambda(RelayHandler::new, RelayRehearsal::play));
  }

  /** The function on this host. */
  public RelayHandler(Host host) {
    this.relay = RelayService.of(host, Pushes.of(host));
    this.clock = host.clock();
    this.limits = Limits.of(host);
    this.routes =
        RestRoutes.of(host)
            .byToken("POST /relay/send", this::send)
            .reading("GET /relay/pending", limits.charging(Limit.READS, this::pending))
            .reading("POST /relay/acknowledge", limits.charging(Limit.READS, this::acknowledge))
            .reading(
                "GET /messages/conversation/{contact_id}",
                limits.charging(Limit.READS, this::conversation));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private RestResponse send(RestRequest request, Caller caller) {
    Draft draft = Draft.read(request.fields(LARGEST_REQUEST), clock.instant());
    limits.chargeEach(caller.userId(), Limit.SENDS, Limit.SENDS_OF_DAY);
    Queued queued = relay.send(caller.userId(), draft);
    ObjectNode body = Json.object().put("success", true);
    body.setAll(queued.toJson());
    return queued.isRepeat() ? RestResponse.ok(body) : RestResponse.created(body);
  }

  private RestResponse pending(RestRequest request, Caller caller) {
    var errors = new ArrayList<Problem.FieldError>();
    OptionalInt limit = limit(request, errors);
    Optional<Cursor> cursor = cursor(request, errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return RestResponse.ok(relay.pending(caller.userId(), limit, cursor));
  }

  private static OptionalInt limit(RestRequest request, List<Problem.FieldError> errors) {
    Optional<String> text = request.queryParameter("limit");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int limit = NUMBER.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
    if (limit < 1 || limit > LARGEST_PAGE) {
      errors.add(
          new Problem.FieldError("limit", "must be a whole number from 1 to " + LARGEST_PAGE));
    }
    return OptionalInt.of(limit);
  }

  private static Optional<Cursor> cursor(RestRequest request, List<Problem.FieldError> errors) {
    Optional<String> text = request.queryParameter("cursor");
    Optional<Cursor> cursor = text.flatMap(Cursor::parse);
    if (text.isPresent() && cursor.isEmpty()) {
      errors.add(new Problem.FieldError("cursor", WHAT_A_CURSOR_IS));
    }
    return cursor;
  }

  private RestResponse acknowledge(RestRequest request, Caller caller) {
    Fields fields = request.fields(LARGEST_ACKNOWLEDGEMENT);
    boolean one = fields.value("message_id").isPresent();
    boolean many = fields.value("message_ids").isPresent();
    if (one == many) {
      fields.reject("message_id", "send either message_id or message_ids");
    }
    fields.check();
    return one ? acknowledgeOne(fields, caller) : acknowledgeMany(fields, caller);
  }

  private RestResponse acknowledgeOne(Fields fields, Caller caller) {
    String id = fields.id("message_id");
    fields.check();
    Acknowledgement result = relay.acknowledge(caller.userId(), List.of(id)).getFirst();
    if (!result.found()) {
      throw Problem.of(Problem.Kind.NOT_FOUND, "Message not found or already acknowledged");
    }
    ObjectNode body = Json.object().put("success", true);
    body.setAll(result.toJson());
    return RestResponse.ok(body);
  }

  private RestResponse acknowledgeMany(Fields fields, Caller caller) {
    List<String> ids = fields.ids("message_ids", MOST_IDS);
    fields.check();
    ObjectNode body = Json.object().put("success", true);
    body.set("results", Acknowledgement.toJson(relay.acknowledge(caller.userId(), ids)));
    return RestResponse.ok(body);
  }

  private RestResponse conversation(RestRequest request, Caller caller) {
    String contactId = request.pathId("contact_id");
    Optional<String> claimed = request.queryParameter("current_user_id");
    if (claimed.isPresent()) {
      String userId =
          Ids.parse(claimed.get())
              .orElseThrow(
                  () -> Problem.invalid("current_user_id", "must be your own id, or be left out"));
      if (!userId.equals(caller.userId())) {
        throw Problem.of(
            Problem.Kind.FORBIDDEN,
            "Only one's own conversations can be read: log in as the user.");
      }
    }
    ConversationCursor cursor =
        request
            .queryParameter("cursor")
            .map(
                text ->
                    ConversationCursor.parse(text)
                        .orElseThrow(() -> Problem.invalid("cursor", WHAT_A_CURSOR_IS)))
            .orElse(ConversationCursor.START);
    Conversations.Page page = relay.conversation(caller.userId(), contactId, cursor);
    return new RestResponse(
        200,
        page.toJson(),
        page.next()
            .map(
                next ->
                    Map.of(
                        NEXT_CURSOR, next.toText(), "Access-Control-Expose-Headers", NEXT_CURSOR))
            .orElse(Map.of()));
  }
}
