package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.S3Error.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Uploads in parts. An upload is there as long as its own blob is: that is made before its parts,
 * and deleted before them, so a process that ends in between can leave parts without an upload,
 * which nobody reaches and the next sweep removes. The object is there before the upload goes: who
 * completes one that was completed, but not yet removed, puts the same object again.
 */
final class UploadStore {

  /** Of all parts but the last. */
  private static final long SMALLEST_PART = 5L << 20;

  private static final int ID_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String CHECKED = "SHA256";

  /**
   * A part as somebody completes an upload with it.
   *
   * @param etag without its quotes
   * @param checksum empty where it isn't said
   */
  record CompletedPart(int number, String etag, String checksum) {}

  private final Blobs blobs;
  private final ObjectStore objects;
  private final Clock clock;
  private final SecureRandom random;
  private final KeyLocks locks = new KeyLocks();

  UploadStore(Blobs blobs, ObjectStore objects, Clock clock, SecureRandom random) {
    this.blobs = blobs;
    this.objects = objects;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins one.
   *
   * @param isChecked whether each part needs its SHA-256
   * @return its id
   */
  String begin(String key, String contentType, boolean isChecked) throws IOException {
    var drawn = new byte[ID_BYTES];
    random.nextBytes(drawn);
    String id = HexFormat.of().formatHex(drawn);
    try (Blobs.Draft draft = blobs.draft()) {
      draft.publish(
          upload(id),
          new BlobHeader(key, contentType, "", isChecked ? CHECKED : "", 0, clock.instant()));
    }
    return id;
  }

  /** Whether the parts of an upload need checksums. */
  boolean isChecked(String key, String id) throws IOException, S3Error {
    return require(key, id).checksum().equals(CHECKED);
  }

  /** Keeps a part, in the place of one with the same number. */
  void put(
      String key,
      String id,
      int number,
      Blobs.Draft draft,
      IncomingBody.Taken taken,
      String checksum)
      throws IOException, S3Error {
    try (KeyLocks.Held _ = locks.take(id)) {
      require(key, id);
      draft.publish(
          part(id, number),
          new BlobHeader(key, "", taken.md5(), checksum, taken.size(), clock.instant()));
    }
  }

  /** What has arrived, by its number. */
  Map<Integer, BlobHeader> parts(String key, String id) throws IOException, S3Error {
    try (KeyLocks.Held _ = locks.take(id)) {
      require(key, id);
      return arrived(id);
    }
  }

  private Map<Integer, BlobHeader> arrived(String id) throws IOException {
    Map<Integer, BlobHeader> parts = new TreeMap<>();
    for (BlobName name : blobs.names(BlobName.Kind.PART, id + "-")) {
      Optional<BlobHeader> header = blobs.header(name);
      header.ifPresent(there -> parts.put(number(name), there));
    }
    return parts;
  }

  /** Makes an object of parts, and ends the upload. */
  BlobHeader complete(String key, String id, List<CompletedPart> asked)
      throws IOException, S3Error {
    try (KeyLocks.Held _ = locks.take(id)) {
      BlobHeader upload = require(key, id);
      List<BlobHeader> parts = required(asked, arrived(id), upload, id);
      BlobHeader whole = whole(upload, parts);
      try (Blobs.Draft draft = blobs.draft()) {
        for (CompletedPart part : asked) {
          append(draft, part(id, part.number()));
        }
        objects.put(draft, whole);
      }
      remove(id);
      return whole;
    }
  }

  private static List<BlobHeader> required(
      List<CompletedPart> asked, Map<Integer, BlobHeader> arrived, BlobHeader upload, String id)
      throws S3Error {
    boolean isChecked = upload.checksum().equals(CHECKED);
    List<BlobHeader> parts = new ArrayList<>();
    int before = 0;
    for (CompletedPart part : asked) {
      if (part.number() <= before) {
        throw new S3Error(Reason.PART_ORDER).with("UploadId", id);
      }
      before = part.number();
      BlobHeader there = arrived.get(part.number());
      if (isChecked && part.checksum().isEmpty()) {
        throw new S3Error(Reason.PART_CHECKSUM_MISSING).with("PartNumber", part.number());
      }
      boolean fits =
          there != null
              && there.etag().equals(part.etag())
              && (part.checksum().isEmpty() || there.checksum().equals(part.checksum()));
      if (!fits) {
        throw new S3Error(Reason.INVALID_PART)
            .with("UploadId", id)
            .with("PartNumber", part.number())
            .with("ETag", part.etag());
      }
      if (parts.size() < asked.size() - 1 && there.size() < SMALLEST_PART) {
        throw new S3Error(Reason.PART_TOO_SMALL)
            .with("ProposedSize", there.size())
            .with("MinSizeAllowed", SMALLEST_PART)
            .with("PartNumber", part.number())
            .with("ETag", part.etag());
      }
      parts.add(there);
    }
    return parts;
  }

  /** ETag and checksum are those of the parts' own, and say how many there were. */
  private BlobHeader whole(BlobHeader upload, List<BlobHeader> parts) {
    MessageDigest etag = IncomingBody.digest("MD5");
    MessageDigest checksum = IncomingBody.digest("SHA-256");
    long size = 0;
    for (BlobHeader part : parts) {
      etag.update(HexFormat.of().parseHex(part.etag()));
      checksum.update(Base64.getDecoder().decode(part.checksum()));
      size += part.size();
    }
    return new BlobHeader(
        upload.key(),
        upload.contentType(),
        HexFormat.of().formatHex(etag.digest()) + "-" + parts.size(),
        upload.checksum().equals(CHECKED)
            ? Base64.getEncoder().encodeToString(checksum.digest()) + "-" + parts.size()
            : "",
        size,
        clock.instant());
  }

  private void append(Blobs.Draft draft, BlobName name) throws IOException {
    try (Blobs.Blob part = blobs.open(name).orElseThrow(() -> new IOException("A part is gone."))) {
      var out =
          new OutputStream() {
            @Override
            public void write(int one) throws IOException {
              write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              draft.write(bytes, offset, length);
            }
          };
      part.copyTo(out, 0, part.header().size());
    }
  }

  /** Gives one up, and its parts. */
  void abort(String key, String id) throws IOException, S3Error {
    try (KeyLocks.Held _ = locks.take(id)) {
      require(key, id);
      remove(id);
    }
  }

  /** Gives up what has had its time, and parts without an upload. */
  void sweep(Predicate<BlobHeader> isOver) throws IOException {
    for (BlobName name : blobs.names(BlobName.Kind.UPLOAD, "")) {
      try (KeyLocks.Held _ = locks.take(name.id())) {
        Optional<BlobHeader> upload = blobs.header(name);
        if (upload.isPresent() && isOver.test(upload.get())) {
          remove(name.id());
        }
      }
    }
    for (BlobName name : blobs.names(BlobName.Kind.PART, "")) {
      String id = name.id().substring(0, name.id().indexOf('-'));
      try (KeyLocks.Held _ = locks.take(id)) {
        if (blobs.header(upload(id)).isEmpty()) {
          blobs.delete(name);
        }
      }
    }
  }

  private void remove(String id) throws IOException {
    blobs.delete(upload(id));
    for (BlobName part : blobs.names(BlobName.Kind.PART, id + "-")) {
      blobs.delete(part);
    }
  }

  private BlobHeader require(String key, String id) throws IOException, S3Error {
    Optional<BlobHeader> upload =
        ID.matcher(id).matches() ? blobs.header(upload(id)) : Optional.empty();
    return upload
        .filter(there -> there.key().equals(key))
        .orElseThrow(() -> new S3Error(Reason.NO_SUCH_UPLOAD).with("UploadId", id));
  }

  private static BlobName upload(String id) {
    return new BlobName(BlobName.Kind.UPLOAD, id);
  }

  private static BlobName part(String id, int number) {
    return new BlobName(BlobName.Kind.PART, "%s-%05d".formatted(id, number));
  }

  private static int number(BlobName part) {
    return Integer.parseInt(part.id().substring(part.id().indexOf('-') + 1));
  }
}
