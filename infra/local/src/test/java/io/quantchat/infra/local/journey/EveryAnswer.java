package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A call for each answer of each route that the contract has. */
public final class EveryAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What can't be brought about from outside. */
  private static final Set<String> FAILURES = Set.of("429", "500", "503");

  /**
   * What a server says that sends no mail, and what takes a mail that was read, or an account that
   * is gone meanwhile: the functions' MailTest and {@link EveryCallerTest} have them.
   */
  private static final Set<String> BY_MAIL =
      Set.of(
          "POST /auth/password/forgot 409",
          "POST /auth/password/reset 204",
          "POST /auth/password/reset 401",
          "POST /auth/password/reset 409",
          "POST /auth/email 200",
          "POST /auth/email 409",
          "POST /auth/email/verification 409",
          "POST /auth/email/verify 200",
          "POST /auth/email/verify 401",
          "POST /auth/email/verify 409");

  /** What only a server says that sends mail. */
  private static final Set<String> WITH_MAIL =
      Set.of(
          "POST /auth/password/forgot 202",
          "POST /auth/password/reset 422",
          "POST /auth/email 202",
          "POST /auth/email/verification 202",
          "POST /auth/email/verify 422");

  /** What takes 16 MiB that were uploaded, or a day: MediaJourneyTest and MultipartTest have it. */
  private static final Set<String> BY_UPLOAD =
      Set.of(
          "POST /media/{media_id}/complete 204",
          "POST /media/{media_id}/complete 410",
          "POST /media/{media_id}/parts 410");

  private final Api api;
  private final boolean sendsMail;
  private final Accounts accounts;
  private final AnswerCases cases = new AnswerCases();

  private EveryAnswer(Api api, boolean sendsMail) {
    this.api = api;
    this.sendsMail = sendsMail;
    this.accounts = new Accounts(api);
  }

  /**
   * A test for each, and one that none was left out; to be run in this order.
   *
   * @param sendsMail whether the server does
   */
  public static Stream<DynamicTest> of(Api api, boolean sendsMail)
      throws IOException, InterruptedException {
    EveryAnswer every = all(api, sendsMail);
    return every.andNoneLeftOut(every.cases.on(api));
  }

  /**
   * The same with each answer, but not for each thing that can be wrong with a body or a token: for
   * a server that takes long.
   */
  public static Stream<DynamicTest> fewOf(Api api, boolean sendsMail)
      throws IOException, InterruptedException {
    EveryAnswer every = all(api, sendsMail);
    return every.andNoneLeftOut(every.cases.fewOn(api));
  }

  private static EveryAnswer all(Api api, boolean sendsMail)
      throws IOException, InterruptedException {
    EveryAnswer every = new EveryAnswer(api, sendsMail);
    Accounts.User ada = every.register("ada");
    Accounts.User ben = every.register("ben");
    AccountAnswers account = new AccountAnswers(every.cases, sendsMail);
    account.sessions(ada);
    account.profile(ada);
    account.passwordAndAddress(every.register("eve"));
    every.contacts(ada, ben);
    new RelayAnswers(every.cases).relay(ada, ben);
    every.keys(ada, ben);
    new MediaAnswers(every.cases, api).media(ada, ben);
    every.withoutToken(ben);
    account.leaving(ada, every.register("cleo"));
    return every;
  }

  private Stream<DynamicTest> andNoneLeftOut(Stream<DynamicTest> answers) {
    return Stream.concat(
        answers, Stream.of(DynamicTest.dynamicTest("none is left out", this::requireAllSeen)));
  }

  private void contacts(Accounts.User ada, Accounts.User ben) {
    ObjectNode byId = JSON.createObjectNode().put("contact_id", ben.id());
    ObjectNode byEmail = JSON.createObjectNode().put("contact_email", ben.email());
    cases.bodies("POST", "/contacts", ada.token());
    cases.add("by id", "POST", "/contacts", ada, Optional.of(byId), 201);
    cases.add("by address, again", "POST", "/contacts", ada, Optional.of(byEmail), 200);
    cases.add("both", "POST", "/contacts", ada, Optional.of(byId.deepCopy().setAll(byEmail)), 422);
    cases.add("neither", "POST", "/contacts", ada, Optional.of(JSON.createObjectNode()), 422);
    ObjectNode oneself = JSON.createObjectNode().put("contact_id", ada.id());
    cases.add("oneself", "POST", "/contacts", ada, Optional.of(oneself), 422);
    ObjectNode nobody = JSON.createObjectNode().put("contact_id", UUID.randomUUID().toString());
    cases.add("nobody", "POST", "/contacts", ada, Optional.of(nobody), 404);

    String list = "/contacts";
    cases.path("all", "GET", list, list, ada, 200);
    cases.path("one's own id", "GET", list, list + "?user_id=" + ada.id(), ada, 200);
    cases.path("another's id", "GET", list, list + "?user_id=" + ben.id(), ada, 403);
    cases.path("no id", "GET", list, list + "?user_id=ada", ada, 422);
    cases.path("a page", "GET", list, list + "?limit=1", ada, 200);
    cases.path("a page with keys", "GET", list, list + "?keys=true", ada, 200);
    cases.path("the next page", "GET", list, list + "?cursor=" + ben.id(), ada, 200);
    cases.path("a page of none", "GET", list, list + "?limit=0", ada, 422);
    cases.path("no cursor", "GET", list, list + "?cursor=x", ada, 422);
    cases.path("neither true nor false", "GET", list, list + "?keys=x", ada, 422);

    String block = "/contacts/{contact_id}/block";
    String nobodysBlock = "/contacts/" + UUID.randomUUID() + "/block";
    cases.path("a contact", "PUT", block, "/contacts/" + ben.id() + "/block", ada, 204);
    cases.path("a contact, again", "PUT", block, "/contacts/" + ben.id() + "/block", ada, 204);
    cases.path("nobody", "PUT", block, nobodysBlock, ada, 404);
    cases.path("no id", "PUT", block, "/contacts/ben/block", ada, 422);
    cases.path("a contact", "DELETE", block, "/contacts/" + ben.id() + "/block", ada, 204);
    cases.path("no id", "DELETE", block, "/contacts/ben/block", ada, 422);

    String contact = "/contacts/{contact_id}";
    cases.path("a contact", "DELETE", contact, "/contacts/" + ben.id(), ada, 204);
    cases.path("no contact", "DELETE", contact, "/contacts/" + ben.id(), ada, 204);
    cases.path("no id", "DELETE", contact, "/contacts/ben", ada, 422);
  }

  private void keys(Accounts.User ada, Accounts.User ben) {
    OwnKeys keys = new OwnKeys(ada);
    String publish = "/keys/bundle";
    String upload = "/keys/prekeys";
    ObjectNode batch = keys.batch(2);
    ObjectNode bundle = keys.bundle(1);
    ObjectNode unsigned = keys.bundle(2);
    unsigned.putArray("signatures");
    cases.bodies("PUT", publish, ada.token());
    cases.bodies("POST", upload, ada.token());
    cases.add("no bundle yet", "POST", upload, ada, Optional.of(batch), 409);
    cases.add("the first", "PUT", publish, ada, Optional.of(bundle), 200);
    cases.add("the first again", "PUT", publish, ada, Optional.of(bundle), 200);
    cases.add("one too far", "PUT", publish, ada, Optional.of(keys.bundle(3)), 409);
    cases.add("another's", "PUT", publish, ben, Optional.of(keys.bundle(2)), 403);
    cases.add("no signature", "PUT", publish, ada, Optional.of(unsigned), 422);

    cases.add("a new batch", "POST", upload, ada, Optional.of(batch), 201);
    cases.add("the same again", "POST", upload, ada, Optional.of(batch), 200);
    cases.add("another's", "POST", upload, ben, Optional.of(keys.batch(1)), 403);
    ObjectNode other = keys.batch(1).set("batch_id", batch.get("batch_id"));
    cases.add("not what was signed", "POST", upload, ada, Optional.of(other), 422);
    cases.add("how many", "GET", "/keys/prekeys/count", ada, Optional.empty(), 200);

    String take = "/keys/{user_id}";
    String adas = "/keys/" + ada.id();
    cases.path("one", "GET", take, adas + "?take=1", ben, 200);
    cases.path("more than there are", "GET", take, adas + "?take=5", ben, 200);
    cases.path("none left", "GET", take, adas + "?take=1", ben, 200);
    cases.path("a bundle that one has", "GET", take, adas + "?take=1&if_version=1", ben, 200);
    cases.path("a bundle of before", "GET", take, adas + "?take=1&if_version=0", ben, 200);
    cases.path("no version", "GET", take, adas + "?take=1&if_version=new", ben, 422);
    cases.path("too many", "GET", take, adas + "?take=6", ben, 422);
    cases.path("no number", "GET", take, adas, ben, 422);
    cases.path("no id", "GET", take, "/keys/ada?take=1", ben, 422);
    cases.path("no keys", "GET", take, "/keys/" + ben.id() + "?take=1", ada, 404);
    cases.path("nobody", "GET", take, "/keys/" + UUID.randomUUID() + "?take=1", ada, 404);

    String read = "/keys/{user_id}/bundle";
    cases.path("anyone's", "GET", read, adas + "/bundle", ben, 200);
    cases.path("one's own", "GET", read, adas + "/bundle", ada, 200);
    cases.path("a newer one", "GET", read, adas + "/bundle?if_version=0", ben, 200);
    cases.path("the same", "GET", read, adas + "/bundle?if_version=1", ben, 304);
    cases.path("no version", "GET", read, adas + "/bundle?if_version=new", ben, 422);
    cases.path("no keys", "GET", read, "/keys/" + ben.id() + "/bundle", ada, 404);

    cases.add("all that is left", "DELETE", upload, ada, Optional.empty(), 200);
    cases.add("where there is nothing", "DELETE", upload, ben, Optional.empty(), 200);
  }

  /** Every route that needs a token, with each that isn't good. */
  private void withoutToken(Accounts.User ben) {
    String contact = "/contacts/" + ben.id();
    for (Optional<String> token : badTokens()) {
      String why = token.isEmpty() ? "no token" : "a bad token";
      cases.refuse(why, "POST", "/auth/socket-ticket", "/auth/socket-ticket", token);
      cases.refuse(why, "GET", "/auth/sessions", "/auth/sessions", token);
      cases.refuse(why, "DELETE", "/auth/sessions", "/auth/sessions", token);
      cases.refuse(
          why,
          "DELETE",
          "/auth/sessions/{session_id}",
          "/auth/sessions/" + UUID.randomUUID(),
          token);
      cases.refuse(why, "POST", "/auth/password", "/auth/password", token);
      cases.refuse(why, "POST", "/auth/email", "/auth/email", token);
      cases.refuse(why, "POST", "/auth/email/verification", "/auth/email/verification", token);
      cases.refuse(why, "GET", "/users/me", "/users/me", token);
      cases.refuse(why, "PATCH", "/users/me", "/users/me", token);
      cases.refuse(why, "DELETE", "/users/me", "/users/me", token);
      cases.refuse(why, "GET", "/users/me/export", "/users/me/export", token);
      cases.refuse(why, "GET", "/contacts", "/contacts", token);
      cases.refuse(why, "POST", "/contacts", "/contacts", token);
      cases.refuse(why, "DELETE", "/contacts/{contact_id}", contact, token);
      cases.refuse(why, "PUT", "/contacts/{contact_id}/block", contact + "/block", token);
      cases.refuse(why, "DELETE", "/contacts/{contact_id}/block", contact + "/block", token);
      cases.refuse(why, "POST", "/relay/send", "/relay/send", token);
      cases.refuse(why, "GET", "/relay/pending", "/relay/pending", token);
      cases.refuse(why, "PUT", "/keys/bundle", "/keys/bundle", token);
      cases.refuse(why, "POST", "/keys/prekeys", "/keys/prekeys", token);
      cases.refuse(why, "DELETE", "/keys/prekeys", "/keys/prekeys", token);
      cases.refuse(why, "GET", "/keys/prekeys/count", "/keys/prekeys/count", token);
      cases.refuse(why, "GET", "/keys/{user_id}", "/keys/" + ben.id() + "?take=1", token);
      cases.refuse(why, "GET", "/keys/{user_id}/bundle", "/keys/" + ben.id() + "/bundle", token);
      cases.refuse(why, "POST", "/media", "/media", token);
      String media = "/media/" + "A".repeat(43);
      cases.refuse(why, "GET", "/media/{media_id}", media, token);
      cases.refuse(why, "DELETE", "/media/{media_id}", media, token);
      cases.refuse(why, "POST", "/media/{media_id}/parts", media + "/parts", token);
      cases.refuse(why, "POST", "/media/{media_id}/complete", media + "/complete", token);
      cases.refuse(why, "POST", "/relay/acknowledge", "/relay/acknowledge", token);
      cases.refuse(
          why,
          "GET",
          "/messages/conversation/{contact_id}",
          "/messages/conversation/" + ben.id(),
          token);
    }
  }

  private void requireAllSeen() {
    Set<String> unseen = new TreeSet<>(api.contract().documented());
    unseen.removeIf(answer -> FAILURES.contains(answer.substring(answer.length() - 3)));
    unseen.removeAll(api.contract().seen());
    unseen.removeAll(BY_MAIL);
    unseen.removeAll(BY_UPLOAD);
    if (!sendsMail) {
      unseen.removeAll(WITH_MAIL);
    }

    assertThat(unseen).isEmpty();
  }

  private Accounts.User register(String name) throws IOException, InterruptedException {
    return accounts.register(name + "-" + UUID.randomUUID() + "@example.com", Accounts.PASSWORD);
  }

  private static List<Optional<String>> badTokens() {
    String claims = "{\"sub\":\"" + UUID.randomUUID() + "\",\"aud\":\"quantchat\"}";
    String unsigned = base64("{\"alg\":\"none\",\"kid\":\"x\"}") + "." + base64(claims) + ".";
    String forged = base64("{\"alg\":\"ES256\",\"kid\":\"x\"}") + "." + base64(claims) + ".c2ln";
    return List.of(
        Optional.empty(), Optional.of("token"), Optional.of(unsigned), Optional.of(forged));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
