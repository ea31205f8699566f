package io.quantchat.contacts;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.http.Fields;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes under {@code /contacts}. */
public final class ContactsHandler implements RequestStreamHandler {

  private static final int LARGEST_BODY = 32 * 1024;

  /** 1 to {@link ContactPage#MOST}. */
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]?|100");

  private final ContactService contacts;
  private final Clock clock;
  private final RestRoutes routes;

  /** Called by Lambda. */
  public ContactsHandler() {
    this(Rehearsal.onLambda(ContactsHandler::new, ContactsRehearsal::play));
  }

  /** The function on this host. */
  public ContactsHandler(Host host) {
    this.contacts = ContactService.of(host);
    this.clock = host.clock();
    var limits = Limits.of(host);
    this.routes =
        RestRoutes.of(host)
            .byToken("GET /contacts", limits.charging(Limit.READS, this::list))
            .byToken("POST /contacts", limits.charging(Limit.LOOKUPS, this::add))
            .signedIn("DELETE /contacts/{contact_id}", limits.charging(Limit.READS, this::remove))
            .byToken("PUT /contacts/{contact_id}/block", limits.charging(Limit.READS, this::block))
            .byToken(
                "DELETE /contacts/{contact_id}/block", limits.charging(Limit.READS, this::unblock));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private RestResponse list(RestRequest request, Caller caller) {
    request.queryParameter("user_id").ifPresent(asked -> refuseAnother(asked, caller));
    Optional<String> limit = request.queryParameter("limit");
    Optional<String> cursor = request.queryParameter("cursor");
    Optional<String> keys = request.queryParameter("keys");
    if (limit.isEmpty() && cursor.isEmpty() && keys.isEmpty()) {
      return RestResponse.ok(contacts.wholeList(caller.userId()));
    }
    return RestResponse.ok(page(caller, limit, cursor, keys).toJson());
  }

  private ContactPage page(
      Caller caller, Optional<String> limit, Optional<String> cursor, Optional<String> keys) {
    var errors = new ArrayList<Problem.FieldError>();
    if (limit.filter(text -> !LIMIT.matcher(text).matches()).isPresent()) {
      errors.add(
          new Problem.FieldError("limit", "must be a whole number from 1 to " + ContactPage.MOST));
    }
    Optional<String> after = cursor.flatMap(Ids::parse);
    if (after.isPresent() != cursor.isPresent()) {
      errors.add(
          new Problem.FieldError(
              "cursor", "must be the next_cursor of an earlier answer; leave it out to start"));
    }
    if (keys.filter(text -> !text.equals("true") && !text.equals("false")).isPresent()) {
      errors.add(new Problem.FieldError("keys", "must be true or false, or absent"));
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return contacts.page(
        caller.userId(),
        after,
        limit.map(Integer::parseInt).orElse(ContactPage.MOST),
        keys.filter("true"::equals).isPresent());
  }

  private static void refuseAnother(String asked, Caller caller) {
    String userId =
        Ids.parse(asked)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "user_id",
                        "must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e, or absent"));
    if (!userId.equals(caller.userId())) {
      throw Problem.of(
          Problem.Kind.FORBIDDEN,
          "These are another account's contacts: leave user_id out, or send your own id.");
    }
  }

  private RestResponse add(RestRequest request, Caller caller) {
    Fields fields = request.fields(LARGEST_BODY);
    Optional<String> contactId = fields.optionalId("contact_id");
    Optional<String> email = email(fields);
    boolean hasId = fields.value("contact_id").isPresent();
    if (hasId == fields.value("contact_email").isPresent()) {
      fields.reject("contact_id", "send either contact_id or contact_email, exactly one of them");
    }
    fields.check();
    ContactService.Added added =
        contactId
            .map(id -> contacts.addById(caller.userId(), id))
            .orElseGet(() -> contacts.addByEmail(caller.userId(), email.orElseThrow()));
    return new RestResponse(added.isNew() ? 201 : 200, added.peer().toJson(clock.instant()));
  }

  private static Optional<String> email(Fields fields) {
    Optional<String> text = fields.optionalText("contact_email", 1, EmailAddress.LONGEST);
    if (text.isPresent() && EmailAddress.keysOf(text.get()).isEmpty()) {
      fields.reject("contact_email", "must be an e-mail address, such as ada@example.com");
    }
    return text;
  }

  private RestResponse remove(RestRequest request, Caller caller) {
    contacts.remove(caller.userId(), request.pathId("contact_id"));
    return RestResponse.noContent();
  }

  private RestResponse block(RestRequest request, Caller caller) {
    contacts.block(caller.userId(), request.pathId("contact_id"));
    return RestResponse.noContent();
  }

  private RestResponse unblock(RestRequest request, Caller caller) {
    contacts.unblock(caller.userId(), request.pathId("contact_id"));
    return RestResponse.noContent();
  }
}
