package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryObjectsTest extends ObjectsContract {

  private static final int ROOM = 64 << 20;

  /** What room is taken by. */
  private static final int CHUNK = 64 * 1024;

  private final MemoryBlobs blobs = new MemoryBlobs(ROOM);

  @Override
  Blobs blobs() {
    return blobs;
  }

  @Override
  void assertNothingOnItsWay() throws IOException {
    long kept = 0;
    for (BlobName name : blobs.names(BlobName.Kind.OBJECT, "")) {
      kept += Math.ceilDiv(blobs.header(name).orElseThrow().size(), CHUNK) * CHUNK;
    }
    assertThat(blobs.room()).isEqualTo(ROOM - kept);
  }

  @Test
  void thereIsNoMoreRoomThanWasSaid() throws Exception {
    byte[] bytes = Bytes.random(1 << 20);
    int kept = 0;
    try (BucketOnPort small = BucketOnPort.of(new MemoryBlobs(3 << 20))) {
      BucketOnPort.Answer answer;
      do {
        answer = small.linkToPut("media/" + kept, bytes).send(bytes);
        kept++;
      } while (answer.status() == 200);

      assertThat(kept).isEqualTo(4);
      assertThat(answer.refusal()).isEqualTo("503 SlowDown");
      assertThat(small.link("GET", "media/3").send().status()).isEqualTo(403);
      assertThat(small.link("GET", "media/2").send().body()).isEqualTo(bytes);

      assertThat(small.link("DELETE", "media/0").send().status()).isEqualTo(204);
      assertThat(small.linkToPut("media/3", bytes).send(bytes).status())
          .as("once there is room again")
          .isEqualTo(200);
    }
  }

  @Test
  void whatIsRefusedOrReplacedTakesNoRoom() throws Exception {
    byte[] bytes = Bytes.random(1 << 20);
    try (BucketOnPort small = BucketOnPort.of(new MemoryBlobs(2 << 20))) {
      for (int i = 0; i < 10; i++) {
        byte[] others = Bytes.random(1 << 20);
        assertThat(small.linkToPut(KEY, bytes).send(others).refusal()).isEqualTo("400 BadDigest");
        assertThat(small.linkToPut(KEY, others).send(others).status()).isEqualTo(200);
      }
    }
  }
}
