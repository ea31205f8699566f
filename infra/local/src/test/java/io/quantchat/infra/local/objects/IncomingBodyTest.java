package io.quantchat.infra.local.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of 100 MiB goes by, in either direction, and no more than a buffer of it is held. */
class IncomingBodyTest {

  private static final long LARGE = 100L << 20;
  private static final int BUFFER = 64 * 1024;

  @TempDir Path folder;

  @Test
  void noMoreIsHeldThanABuffer() throws Exception {
    Blobs blobs = DiskBlobs.in(folder);
    var name = new BlobName(BlobName.Kind.OBJECT, "00");
    var body = new IncomingBody(LARGE, RequestSignatures.UNSIGNED_PAYLOAD, Optional.empty());

    try (Blobs.Draft draft = blobs.draft()) {
      IncomingBody.Taken taken = body.takeInto(draft, new Zeros(LARGE));
      draft.publish(name, new BlobHeader("k", "", taken.md5(), "", LARGE, Instant.EPOCH));
    }
    var out = new Counted();
    try (Blobs.Blob blob = blobs.open(name).orElseThrow()) {
      blob.copyTo(out, 0, LARGE);
    }

    assertThat(out.count).isEqualTo(LARGE);
  }

  @Test
  void aBodyThatEndsTooEarlyIsRefused() throws Exception {
    var body = new IncomingBody(10, RequestSignatures.UNSIGNED_PAYLOAD, Optional.empty());

    try (Blobs.Draft draft = new MemoryBlobs(1 << 20).draft()) {
      assertThatThrownBy(() -> body.takeInto(draft, new Zeros(9)))
          .isInstanceOfSatisfying(
              S3Error.class, e -> assertThat(e.reason()).isEqualTo(S3Error.Reason.INCOMPLETE_BODY));
    }
  }

  @Test
  void aBodyIsTheOneWhoseHashIsSigned() throws Exception {
    var body = new IncomingBody(10, "0".repeat(64), Optional.empty());

    try (Blobs.Draft draft = new MemoryBlobs(1 << 20).draft()) {
      assertThatThrownBy(() -> body.takeInto(draft, new Zeros(10)))
          .isInstanceOfSatisfying(
              S3Error.class,
              e -> assertThat(e.reason()).isEqualTo(S3Error.Reason.PAYLOAD_MISMATCH));
    }
  }

  /** Bytes that nobody has to hold; asked for a buffer at most. */
  private static final class Zeros extends InputStream {

    private long left;

    Zeros(long count) {
      left = count;
    }

    @Override
    public int read() {
      throw new AssertionError("byte by byte");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      assertThat(bytes.length).isLessThanOrEqualTo(BUFFER);
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      left -= count;
      return count;
    }
  }

  private static final class Counted extends OutputStream {

    private long count;

    @Override
    public void write(int one) {
      throw new AssertionError("byte by byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      assertThat(bytes.length).isLessThanOrEqualTo(BUFFER);
      count += length;
    }
  }
}
