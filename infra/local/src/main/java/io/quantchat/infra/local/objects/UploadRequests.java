package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.objects.S3Error.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CreateMultipartUpload, UploadPart, ListParts, CompleteMultipartUpload, AbortMultipartUpload. */
final class UploadRequests {

  private static final long LARGEST_PART = 5L << 30;
  private static final int MOST_PARTS = 10_000;
  private static final int LONGEST_LIST = 1_000;
  private static final int LONGEST_XML = 2 << 20;
  private static final String ALGORITHM = "x-amz-checksum-algorithm";
  private static final String TYPE = "x-amz-checksum-type";
  private static final String SHA256 = "SHA256";
  private static final String COMPOSITE = "COMPOSITE";

  private final String bucket;
  private final Blobs blobs;
  private final UploadStore store;

  /**
   * @param bucket its name
   */
  UploadRequests(String bucket, Blobs blobs, UploadStore store) {
    this.bucket = bucket;
    this.blobs = blobs;
    this.store = store;
  }

  S3Answer begin(String key, S3Request request) throws S3Error, IOException {
    Optional<String> algorithm = request.header(ALGORITHM);
    if (algorithm.isPresent() && !algorithm.get().equals(SHA256)) {
      throw new S3Error(Reason.NOT_IMPLEMENTED).with("Header", ALGORITHM);
    }
    if (!request.header(TYPE).orElse(COMPOSITE).equals(COMPOSITE)) {
      throw new S3Error(Reason.NOT_IMPLEMENTED).with("Header", TYPE);
    }
    String id = store.begin(key, ObjectRequests.contentType(request), algorithm.isPresent());
    var xml = new XmlWriter().openResult("InitiateMultipartUploadResult");
    named(xml, key, id).close("InitiateMultipartUploadResult");
    return algorithm.isEmpty()
        ? S3Answer.xml(200, xml)
        : S3Answer.xml(
            200, xml, new HeaderLine(ALGORITHM, SHA256), new HeaderLine(TYPE, COMPOSITE));
  }

  private XmlWriter named(XmlWriter xml, String key, String id) {
    return xml.text("Bucket", bucket).text("Key", key).text("UploadId", id);
  }

  S3Answer put(String key, String id, S3Request request, String payload)
      throws S3Error, IOException {
    ObjectRequests.requireNoCondition(request);
    int number = number(request.query(), "partNumber", MOST_PARTS, Reason.PART_NUMBER);
    if (number == 0) {
      throw new S3Error(Reason.PART_NUMBER).with("ArgumentName", "partNumber");
    }
    IncomingBody body = IncomingBody.of(request, payload, LARGEST_PART);
    if (store.isChecked(key, id) && body.checksum().isEmpty()) {
      throw new S3Error(Reason.CHECKSUM_MISSING);
    }
    try (Blobs.Draft draft = blobs.draft()) {
      IncomingBody.Taken taken = body.takeInto(draft, request.body());
      store.put(key, id, number, draft, taken, body.checksum().orElse(""));
      return S3Answer.empty(200, ObjectRequests.etag(taken.md5()))
          .with(body.checksum().map(ObjectRequests::checksum).stream().toList());
    }
  }

  S3Answer list(String key, String id, QueryParameters query) throws S3Error, IOException {
    int most =
        query.has("max-parts")
            ? number(query, "max-parts", Integer.MAX_VALUE, Reason.INVALID_ARGUMENT)
            : LONGEST_LIST;
    int after =
        query.has("part-number-marker")
            ? number(query, "part-number-marker", Integer.MAX_VALUE, Reason.INVALID_ARGUMENT)
            : 0;
    most = Math.min(most, LONGEST_LIST);
    List<Map.Entry<Integer, BlobHeader>> left =
        store.parts(key, id).entrySet().stream().filter(part -> part.getKey() > after).toList();
    List<Map.Entry<Integer, BlobHeader>> shown = left.subList(0, Math.min(most, left.size()));
    var xml = new XmlWriter().openResult("ListPartsResult");
    named(xml, key, id)
        .text("StorageClass", "STANDARD")
        .text("PartNumberMarker", after)
        .text("NextPartNumberMarker", shown.isEmpty() ? 0 : shown.getLast().getKey())
        .text("MaxParts", most)
        .text("IsTruncated", shown.size() < left.size());
    if (store.isChecked(key, id)) {
      xml.text("ChecksumAlgorithm", SHA256).text("ChecksumType", COMPOSITE);
    }
    for (Map.Entry<Integer, BlobHeader> part : shown) {
      BlobHeader header = part.getValue();
      xml.open("Part").text("PartNumber", part.getKey()).text("LastModified", header.created());
      xml.text("ETag", "\"" + header.etag() + "\"").text("Size", header.size());
      if (!header.checksum().isEmpty()) {
        xml.text("ChecksumSHA256", header.checksum());
      }
      xml.close("Part");
    }
    return S3Answer.xml(200, xml.close("ListPartsResult"));
  }

  private static int number(QueryParameters query, String name, int most, Reason reason)
      throws S3Error {
    String text = query.get(name).orElse("");
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
      throw new S3Error(reason).with("ArgumentName", name).with("ArgumentValue", text);
    }
    return Integer.parseInt(text);
  }

  S3Answer complete(String key, String id, S3Request request, String payload)
      throws S3Error, IOException {
    ObjectRequests.requireNoCondition(request);
    IncomingBody body = IncomingBody.of(request, payload, LONGEST_XML);
    var xml = new ByteArrayOutputStream();
    try (Blobs.Draft draft = new InMemory(xml)) {
      var _ = body.takeInto(draft, request.body());
    }
    BlobHeader whole = store.complete(key, id, CompletedParts.read(xml.toByteArray()));
    var answer = new XmlWriter().openResult("CompleteMultipartUploadResult");
    answer
        .text("Location", "/" + bucket + "/" + key)
        .text("Bucket", bucket)
        .text("Key", key)
        .text("ETag", "\"" + whole.etag() + "\"");
    if (!whole.checksum().isEmpty()) {
      answer.text("ChecksumSHA256", whole.checksum()).text("ChecksumType", COMPOSITE);
    }
    return S3Answer.xml(200, answer.close("CompleteMultipartUploadResult"));
  }

  /** A body that is read and not kept. */
  private record InMemory(ByteArrayOutputStream bytes) implements Blobs.Draft {

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes.write(some, offset, length);
    }

    @Override
    public void publish(BlobName name, BlobHeader header) {
      throw new UnsupportedOperationException("This isn't kept.");
    }

    @Override
    public void close() {}
  }

  S3Answer abort(String key, String id) throws S3Error, IOException {
    store.abort(key, id);
    return S3Answer.empty(204);
  }
}
