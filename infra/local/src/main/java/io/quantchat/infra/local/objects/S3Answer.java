package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.gateway.HeaderLine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of S3's.
 *
 * @param headers all but the content's length
 */
record S3Answer(int status, List<HeaderLine> headers, Content content) {

  /** What is sent. To be closed whether or not it was. */
  interface Content extends AutoCloseable {

    long length();

    void writeTo(OutputStream out) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Bytes that are there already. */
  record Text(byte[] bytes) implements Content {

    static final Text NONE = new Text(new byte[0]);

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** Some of an object's bytes, which are read when they are sent. */
  record Slice(Blobs.Blob blob, long offset, long length) implements Content {

    @Override
    public void writeTo(OutputStream out) throws IOException {
      blob.copyTo(out, offset, length);
    }

    @Override
    public void close() throws IOException {
      blob.close();
    }
  }

  static S3Answer empty(int status, HeaderLine... headers) {
    return new S3Answer(status, List.of(headers), Text.NONE);
  }

  static S3Answer xml(int status, XmlWriter xml, HeaderLine... more) {
    return new S3Answer(
            status,
            List.of(new HeaderLine("Content-Type", "application/xml")),
            new Text(xml.bytes()))
        .with(List.of(more));
  }

  S3Answer with(List<HeaderLine> more) {
    List<HeaderLine> all = new ArrayList<>(headers);
    all.addAll(more);
    return new S3Answer(status, all, content);
  }
}
