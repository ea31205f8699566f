package io.quantchat.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Host;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.FakeS3;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Attachments of a world, and somebody who calls. */
final class MediaFixture {

  final World world;
  final MediaHandler handler;
  final Account ada;

  MediaFixture(StoreTables tables) {
    this(new World(tables), host -> host);
  }

  /** On a host that is changed so. */
  MediaFixture(World world, UnaryOperator<Host> change) {
    this.world = world;
    this.handler = new MediaHandler(change.apply(world.hostOf(MediaHandler.class)));
    this.ada = world.account("ada");
  }

  /** The same on tables behind an interceptor. */
  MediaFixture behind(BeforeRequest interceptor) {
    return new MediaFixture(world, host -> host.with(world.tables.client(interceptor)));
  }

  Answer begin(JsonNode body) {
    return begin(ada, body);
  }

  Answer begin(Account caller, JsonNode body) {
    return call(request("POST", "/media", caller).put("body", body.toString()));
  }

  /** Begins an upload; all goes well. */
  JsonNode begun(Upload upload) {
    return begin(upload.toJson()).expect(201);
  }

  Answer renew(String id) {
    return call(about(id, request("POST", "/media/{media_id}/parts", ada)));
  }

  Answer complete(String id) {
    return call(about(id, request("POST", "/media/{media_id}/complete", ada)));
  }

  Answer get(String id) {
    return get(ada, id);
  }

  Answer get(Account caller, String id) {
    return call(about(id, request("GET", "/media/{media_id}", caller)));
  }

  Answer delete(String id, byte[] secret) {
    ObjectNode body = Json.object().put("secret", Upload.base64(secret));
    return call(about(id, deletion()).put("body", body.toString()));
  }

  ObjectNode deletion() {
    return request("DELETE", "/media/{media_id}", ada);
  }

  ObjectNode request(String method, String resource, Account caller) {
    return world.request(method, resource, caller);
  }

  static ObjectNode about(String id, ObjectNode event) {
    event.putObject("pathParameters").put("media_id", id);
    return event;
  }

  Answer call(ObjectNode event) {
    return world.call(handler, event);
  }

  /** Puts a part by its link. */
  FakeS3.Reply put(JsonNode part, byte[] bytes) {
    return world.s3.follow("PUT", part.path("url").asText(), headers(part), bytes);
  }

  static Map<String, String> headers(JsonNode part) {
    var headers = new HashMap<String, String>();
    part.path("headers")
        .properties()
        .forEach(one -> headers.put(one.getKey(), one.getValue().asText()));
    return headers;
  }

  /** Puts every part that an answer has links for; all goes well. */
  void putAll(JsonNode answer, Upload upload) {
    boolean inParts = answer.at("/upload/multipart").asBoolean();
    List<byte[]> pieces = inParts ? upload.parts() : List.of(upload.bytes());
    for (JsonNode part : answer.at("/upload/parts")) {
      FakeS3.Reply reply = put(part, pieces.get(part.path("number").asInt() - 1));
      if (reply.status() != 200) {
        throw new AssertionError(reply.toString());
      }
    }
  }

  /** Uploads something, whole; gives its id. */
  String uploaded(Upload upload) {
    JsonNode begun = begun(upload);
    putAll(begun, upload);
    String id = begun.path("media_id").asText();
    if (begun.at("/upload/multipart").asBoolean()) {
      complete(id).expect(204);
    }
    return id;
  }

  /** Gets something by the link of an answer. */
  FakeS3.Reply follow(Answer got) {
    return world.s3.follow(
        "GET", got.expect(200).at("/download/url").asText(), Map.of(), new byte[0]);
  }
}
