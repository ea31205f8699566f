package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The relay's routes for files: they hand out links, under which the bytes go elsewhere. */
public final class MediaApi {

  /** Up to so many bytes a file goes up in one piece, where the operator has left that as it is. */
  private static final long LARGEST_SINGLE = 16L << 20;

  private static final int INVALID = 422;

  private static final String MEDIA = "/media";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** What a link of S3 has signed, and nothing that would mean more elsewhere. */
  private static final Pattern HEADER =
      Pattern.compile("host|content-length|content-type|x-amz-[a-z0-9-]{1,64}");

  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{0,1024}");

  private final RestClient rest;
  private final Session session;
  private final URI base;

  MediaApi(RestClient rest, Session session, URI base) {
    this.rest = rest;
    this.session = session;
    this.base = base;
  }

  /**
   * A way up.
   *
   * @param until when the server forgets the file; absent where links are renewed
   * @param parts those that the server hasn't got
   */
  public record Upload(
      String mediaId, Optional<Instant> until, boolean isMultipart, List<Part> parts) {}

  /** A part of a file, and where it goes. */
  public record Part(int number, long offset, long size, URI url, Map<String, String> headers) {}

  /** A way down. */
  public record Download(URI url, Instant until) {}

  /**
   * Asks for a way up. A server whose operator has another largest size for one piece refuses one
   * of both ways; then it is the other.
   *
   * @param size of the sealed file
   * @param deleteHash SHA-256 of what deletes it
   * @param parts SHA-256 of each part of 8 MiB
   */
  public Upload begin(long size, byte[] sha256, byte[] deleteHash, List<byte[]> parts) {
    var single = new LinkedHashMap<String, Object>();
    single.put("size", size);
    single.put("sha256", text(sha256));
    single.put("delete_hash", text(deleteHash));
    var inParts = new LinkedHashMap<>(single);
    inParts.put("parts", parts.stream().map(MediaApi::text).toList());
    boolean isLarge = size > LARGEST_SINGLE;
    try {
      return begin(isLarge ? inParts : single);
    } catch (ServerRefusalException e) {
      if (e.status() != INVALID) {
        throw e;
      }
      return begin(isLarge ? single : inParts);
    }
  }

  private Upload begin(Map<String, Object> body) {
    return upload(
        session.authorized(token -> rest.call("POST", MEDIA, Optional.of(token), body)).object());
  }

  /** Asks for new links, of what the server hasn't got yet. */
  public Upload renew(String mediaId) {
    return upload(
        session.authorized(token -> rest.call("POST", path(mediaId) + "/parts", token)).object());
  }

  /** All parts are there. */
  public void complete(String mediaId) {
    session.authorized(token -> rest.call("POST", path(mediaId) + "/complete", token));
  }

  /** Asks for a way down. */
  public Download download(String mediaId) {
    Map<String, Object> body = session.authorized(token -> rest.get(path(mediaId), token)).object();
    return new Download(
        url(Answer.text(Json.object(body.get("download")).orElse(Map.of()), "url")),
        time(body, "expires_at"));
  }

  /**
   * Has the server forget a file.
   *
   * @param secret that only those have who have its key
   */
  public void delete(String mediaId, byte[] secret) {
    session.authorized(
        token ->
            rest.call("DELETE", path(mediaId), Optional.of(token), Map.of("secret", text(secret))));
  }

  private static String path(String mediaId) {
    return MEDIA + "/" + mediaId;
  }

  private Upload upload(Map<String, Object> body) {
    String mediaId = Answer.text(body, "media_id");
    Map<String, Object> upload = Json.object(body.get("upload")).orElse(Map.of());
    if (!ID.matcher(mediaId).matches()) {
      throw senseless();
    }
    var parts = new ArrayList<Part>();
    for (Map<String, Object> part : Json.objects(upload.get("parts"))) {
      parts.add(part(part));
    }
    return new Upload(
        mediaId,
        Json.string(body, "expires_at").map(MediaApi::time),
        Boolean.TRUE.equals(upload.get("multipart")),
        List.copyOf(parts));
  }

  private Part part(Map<String, Object> part) {
    var headers = new LinkedHashMap<String, String>();
    Json.object(part.get("headers"))
        .orElse(Map.of())
        .forEach(
            (name, value) -> {
              boolean isFit =
                  HEADER.matcher(name.toLowerCase(Locale.ROOT)).matches()
                      && value instanceof String text
                      && HEADER_VALUE.matcher(text).matches();
              if (!isFit) {
                throw senseless();
              }
              headers.put(name, (String) value);
            });
    return new Part(
        Math.toIntExact(Math.clamp(Answer.number(part, "number"), 0, Integer.MAX_VALUE)),
        Answer.number(part, "offset"),
        Answer.number(part, "size"),
        url(Answer.text(part, "url")),
        headers);
  }

  /** Where the relay has TLS, its links have it, too. */
  private URI url(String reference) {
    try {
      URI url = base.resolve(reference);
      boolean isFit =
          url.getHost() != null
              && ("https".equals(url.getScheme())
                  || ("http".equals(url.getScheme()) && "http".equals(base.getScheme())));
      if (isFit) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // Said below.
    }
    throw senseless();
  }

  private static Instant time(Map<String, Object> body, String name) {
    return time(Answer.text(body, name));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      throw senseless();
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static ServerUnreachableException senseless() {
    return new ServerUnreachableException("The server's answer makes no sense.");
  }
}
