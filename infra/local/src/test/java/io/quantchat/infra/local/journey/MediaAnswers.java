package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Sha256;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** What the routes of attachments answer. */
final class MediaAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SECRET = new byte[32];
  private static final String NOBODYS = "A".repeat(43);
  private static final String MEDIA = "/media/{media_id}";
  private static final String PARTS = MEDIA + "/parts";
  private static final String COMPLETE = MEDIA + "/complete";

  private final AnswerCases cases;
  private final Api api;

  MediaAnswers(AnswerCases cases, Api api) {
    this.cases = cases;
    this.api = api;
  }

  void media(Accounts.User ada, Accounts.User ben) throws IOException, InterruptedException {
    String path = "/media/" + begun(api, ada);
    String unknown = "/media/" + NOBODYS;
    cases.bodies("POST", "/media", ada.token());
    cases.add("a small one", "POST", "/media", ada, Optional.of(small()), 201);
    ObjectNode empty = small().put("size", 0);
    cases.add("an empty one", "POST", "/media", ada, Optional.of(empty), 422);
    ObjectNode unnamed = inParts();
    unnamed.remove("parts");
    cases.add("parts without hashes", "POST", "/media", ada, Optional.of(unnamed), 422);
    cases.add("a large one", "POST", "/media", ada, Optional.of(inParts()), 201);

    cases.path("another's", "GET", MEDIA, path, ben, 200);
    cases.path("nobody's", "GET", MEDIA, unknown, ben, 404);
    cases.path("no id", "GET", MEDIA, "/media/x", ben, 422);
    cases.path("again", "POST", PARTS, path + "/parts", ada, 200);
    cases.path("nobody's", "POST", PARTS, unknown + "/parts", ada, 404);
    cases.path("no id", "POST", PARTS, "/media/x/parts", ada, 422);
    cases.path("put at once", "POST", COMPLETE, path + "/complete", ada, 409);
    cases.path("nobody's", "POST", COMPLETE, unknown + "/complete", ada, 404);
    cases.path("no id", "POST", COMPLETE, "/media/x/complete", ada, 422);

    cases.bodies("DELETE", MEDIA, path, ada.token());
    cases.about("no secret", "DELETE", MEDIA, path, ada, JSON.createObjectNode(), 422);
    cases.about("another secret", "DELETE", MEDIA, path, ada, secret("B"), 403);
    cases.about("nobody's", "DELETE", MEDIA, unknown, ada, secret("A"), 404);
    cases.about("its secret", "DELETE", MEDIA, path, ben, secret("A"), 204);
    cases.about("a second time", "DELETE", MEDIA, path, ben, secret("A"), 404);

    String large = "/media/" + begun(api, ada, inParts());
    cases.path("nothing uploaded yet", "POST", PARTS, large + "/parts", ada, 200);
    cases.path("parts are missing", "POST", COMPLETE, large + "/complete", ada, 409);
    cases.path("not whole", "GET", MEDIA, large, ada, 404);
    cases.about("an upload", "DELETE", MEDIA, large, ada, secret("A"), 204);
  }

  /** Begins an upload; gives the attachment's id. */
  static String begun(Api api, Accounts.User who) throws IOException, InterruptedException {
    return begun(api, who, small());
  }

  private static String begun(Api api, Accounts.User who, ObjectNode what)
      throws IOException, InterruptedException {
    return api.call("POST", "/media", "/media", who.token(), Optional.of(what.toString()))
        .expect(201)
        .get("media_id")
        .textValue();
  }

  /** What is uploaded at once. */
  static ObjectNode small() {
    String hash = Base64.getEncoder().encodeToString(Sha256.of(SECRET));
    return JSON.createObjectNode().put("size", 32).put("sha256", hash).put("delete_hash", hash);
  }

  /** What is uploaded in parts. */
  private static ObjectNode inParts() {
    ObjectNode json = small().put("size", 20 << 20);
    for (int i = 0; i < 3; i++) {
      json.withArray("/parts").add(json.get("sha256"));
    }
    return json;
  }

  /** A secret of which the first character is this; A is the right one. */
  static ObjectNode secret(String first) {
    return JSON.createObjectNode().put("secret", first + "A".repeat(42) + "=");
  }
}
