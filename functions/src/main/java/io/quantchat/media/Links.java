package io.quantchat.media;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Bucket;
import io.quantchat.host.Bucket.Link;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Links to put an attachment into the bucket by, and to get it. */
final class Links {

  /** How long a piece can be put by its link; then the uploader asks for another. */
  private static final Duration TO_UPLOAD = Duration.ofMinutes(15);

  /** How long an attachment can be got by its link. */
  private static final Duration TO_DOWNLOAD = Duration.ofMinutes(5);

  private final Bucket bucket;
  private final Clock clock;

  Links(Bucket bucket, Clock clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  /**
   * An attachment and the links of some of its pieces.
   *
   * @param host the {@code Host} of the request that asks
   */
  ObjectNode toUpload(Media media, List<Piece> pieces, String host) {
    ArrayNode parts = Json.array();
    Instant end = clock.instant().plus(TO_UPLOAD);
    for (Piece piece : pieces) {
      var place = new Bucket.Place(media.key(), media.uploadId(), piece.number());
      Link link = bucket.put(place, piece.size(), piece.sha256(), host, TO_UPLOAD);
      ObjectNode part =
          parts
              .addObject()
              .put("number", piece.number())
              .put("offset", piece.offset())
              .put("size", piece.size())
              .put("method", "PUT")
              .put("url", link.url());
      link.headers().forEach(part.putObject("headers")::put);
      end = link.end().isBefore(end) ? link.end() : end;
    }
    ObjectNode json = described(media);
    json.putObject("upload")
        .put("multipart", media.uploadId().isPresent())
        .put("expires_at", Times.format(end))
        .set("parts", parts);
    return json;
  }

  /** An attachment and the link to get it by, good for no longer than the attachment is. */
  ObjectNode toDownload(Media media, String host) {
    Link link = bucket.get(media.key(), host, goodFor(media));
    ObjectNode json = described(media).put("size", media.size()).put("sha256", media.sha256());
    json.putObject("download")
        .put("method", "GET")
        .put("url", link.url())
        .put("expires_at", Times.format(link.end()));
    return json;
  }

  /** Links begin and end with whole seconds, and are good for one at least. */
  private Duration goodFor(Media media) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    long left = Duration.between(now, media.expiresAt()).toSeconds();
    return Duration.ofSeconds(Math.clamp(left, 1, TO_DOWNLOAD.toSeconds()));
  }

  private static ObjectNode described(Media media) {
    return Json.object()
        .put("media_id", media.id())
        .put("expires_at", Times.format(media.expiresAt()));
  }
}
