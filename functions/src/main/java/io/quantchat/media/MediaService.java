package io.quantchat.media;

import io.quantchat.host.Bucket;
import io.quantchat.host.Host;
import io.quantchat.host.Sha256;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What becomes of attachments. A row says what may be uploaded, and that it may be got; without it
 * an object is out of everybody's reach. So, wherever a function dies:
 *
 * <ul>
 *   <li>Before there is a link there is a row, and before that, of an attachment in parts, an
 *       upload. An upload without a row is given up by the bucket after a day.
 *   <li>A row whose object never came, or never became one of its parts, leads to nothing. It
 *       expires.
 *   <li>Parts become an object before their row says so. Whoever completes again finds the object.
 *   <li>An object is deleted before its row, so that who deletes again finds the row. A link that
 *       is still good can bring the object back, with the very same bytes, and no row leads to it:
 *       the bucket deletes it after 7 days.
 *   <li>An object is made no earlier than its row's time, and the bucket deletes no object before
 *       the end of its seventh day: so no row outlives its object.
 * </ul>
 */
final class MediaService {

  private final MediaStore store;
  private final Bucket bucket;
  private final Clock clock;
  private final SecureRandom random;

  /** Attachments of a host. */
  static MediaService of(Host host) {
    return new MediaService(MediaStore.of(host), host.bucket().get(), host.clock(), host.random());
  }

  private MediaService(MediaStore store, Bucket bucket, Clock clock, SecureRandom random) {
    this.store = store;
    this.bucket = bucket;
    this.clock = clock;
    this.random = random;
  }

  /** Makes a row for what is about to be uploaded, and begins the upload if it is in parts. */
  Media begin(NewMedia asked) {
    Instant now = Times.toMilliseconds(clock.instant());
    var drawn = new byte[Media.ID_BYTES];
    random.nextBytes(drawn);
    String id = Media.idOf(drawn);
    Optional<String> uploadId =
        asked.parts().isEmpty() ? Optional.empty() : Optional.of(bucket.begin(Media.keyOf(id)));
    var media =
        new Media(
            id,
            asked.size(),
            asked.sha256(),
            asked.deleteHash(),
            asked.parts(),
            uploadId,
            false,
            now.plus(Media.LIFE));
    store.add(media);
    return media;
  }

  /**
   * An attachment, whether or not it was uploaded yet.
   *
   * @throws Problem of kind NOT_FOUND if there is none
   */
  Media find(String id) {
    return store.find(id, clock.instant()).orElseThrow(MediaService::notFound);
  }

  /**
   * An attachment that can be got.
   *
   * @throws Problem of kind NOT_FOUND if there is none, or not all of it
   */
  Media findWhole(String id) {
    return Optional.of(find(id)).filter(Media::isWhole).orElseThrow(MediaService::notFound);
  }

  /**
   * The pieces of an attachment that have yet to be uploaded. Of one that is put at once nobody
   * knows: it may be put again.
   *
   * @throws Problem of kind GONE if the bucket has given the upload up
   */
  List<Piece> missing(Media media) {
    if (media.uploadId().isEmpty()) {
      return media.pieces();
    }
    if (media.isCompleted()) {
      return List.of();
    }
    Optional<List<Bucket.Part>> arrived = bucket.parts(media.key(), media.uploadId().get());
    if (arrived.isEmpty()) {
      requireObject(media);
      return List.of();
    }
    return missing(media, arrived.get());
  }

  private static List<Piece> missing(Media media, List<Bucket.Part> arrived) {
    Map<Integer, Bucket.Part> byNumber =
        arrived.stream().collect(Collectors.toMap(Bucket.Part::number, Function.identity()));
    var missing = new ArrayList<Piece>();
    for (Piece piece : media.pieces()) {
      Bucket.Part part = byNumber.get(piece.number());
      if (part == null || part.size() != piece.size() || !part.sha256().equals(piece.sha256())) {
        missing.add(piece);
      }
    }
    return missing;
  }

  /**
   * Makes an attachment's parts one object. Doing it again changes nothing.
   *
   * @throws Problem of kind CONFLICT, with the numbers of parts that have yet to be uploaded; GONE
   *     if the bucket has given the upload up; NOT_FOUND if the attachment is deleted meanwhile
   */
  void complete(Media media) {
    if (media.isCompleted()) {
      return;
    }
    String uploadId =
        media
            .uploadId()
            .orElseThrow(
                () ->
                    Problem.of(
                        Problem.Kind.CONFLICT,
                        "This attachment is put at once, and whole with that."));
    Optional<List<Bucket.Part>> arrived = bucket.parts(media.key(), uploadId);
    if (arrived.isPresent()) {
      List<Piece> missing = missing(media, arrived.get());
      if (!missing.isEmpty()) {
        throw Problem.missing(
            missing.stream().map(Piece::number).toList(),
            "Not every part has arrived: upload those that are missing, then complete again.");
      }
    }
    if (arrived.isEmpty() || !bucket.complete(media.key(), uploadId, arrived.get())) {
      requireObject(media);
    }
    if (!store.complete(media.id())) {
      bucket.delete(media.key());
      throw notFound();
    }
  }

  /** An upload that isn't there any more has become an object, or was given up. */
  private void requireObject(Media media) {
    if (!bucket.has(media.key())) {
      throw Problem.of(
          Problem.Kind.GONE,
          "This upload took too long and was given up: begin another with POST /media.");
    }
  }

  /**
   * Deletes an attachment.
   *
   * @throws Problem of kind FORBIDDEN if that is not its secret
   */
  void delete(Media media, byte[] secret) {
    byte[] expected = Base64.getDecoder().decode(media.deleteHash());
    if (!MessageDigest.isEqual(Sha256.of(secret), expected)) {
      throw Problem.of(
          Problem.Kind.FORBIDDEN, "Only who has an attachment's secret can delete it.");
    }
    if (!media.isCompleted()) {
      media.uploadId().ifPresent(uploadId -> bucket.abort(media.key(), uploadId));
    }
    bucket.delete(media.key());
    store.delete(media.id());
  }

  private static Problem notFound() {
    return Problem.of(
        Problem.Kind.NOT_FOUND,
        "There is no such attachment: it may have expired, have been deleted, or not be uploaded.");
  }
}
