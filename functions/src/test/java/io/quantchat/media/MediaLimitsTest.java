package io.quantchat.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@StoreTest
class MediaLimitsTest {

  private static final int MEBIBYTE = 1 << 20;

  private final StoreTables tables;

  MediaLimitsTest(StoreTables tables) {
    this.tables = tables;
  }

  private MediaFixture limited(String limits) {
    return new MediaFixture(
        new World(tables),
        host -> {
          var bucket = host.bucket();
          return new Host(
                  host.environment().with(Variable.LIMITS, limits),
                  host.dynamoDb(),
                  host.sockets(),
                  host.clock(),
                  host.random())
              .with(bucket);
        });
  }

  private static ObjectNode ofSize(int size) {
    return Upload.of(1).toJson().put("size", size);
  }

  @Test
  void ofAThousandUploadsAtOnceAsManyAreBegunAsTheLimitSays() {
    MediaFixture media = limited("media-uploads=30 media-upload-mebibytes=0");

    List<Answer> answers =
        Parallel.map(
            IntStream.range(0, 1_000).boxed().toList(), i -> media.begin(ofSize(MEBIBYTE)));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(30);
    assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(970);
  }

  @Test
  void ofAThousandUploadsAtOnceAsManyMebibytesAreTakenAsTheLimitSays() {
    MediaFixture media = limited("media-uploads=0 media-upload-mebibytes=50");

    List<Answer> answers =
        Parallel.map(
            IntStream.range(0, 1_000).boxed().toList(), i -> media.begin(ofSize(MEBIBYTE + 1)));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(25);
  }

  @Test
  void anUploadThatOneLimitRefusesIsCountedByNone() {
    MediaFixture media = limited("media-uploads=2 media-upload-mebibytes=3");
    media.begin(ofSize(2 * MEBIBYTE)).expect(201);
    for (int i = 0; i < 5; i++) {
      Answer refused = media.begin(ofSize(2 * MEBIBYTE));
      assertThat(refused.detail(429)).contains("media-upload-mebibytes");
    }
    media.begin(ofSize(1)).expect(201);
    for (int i = 0; i < 5; i++) {
      assertThat(media.begin(ofSize(MEBIBYTE)).status()).isEqualTo(429);
    }

    media.world.clock.advance(Duration.ofDays(1));

    media.begin(ofSize(MEBIBYTE)).expect(201);
  }

  @Test
  void ofAThousandDownloadsAtOnceAsManyMebibytesAreGivenAsTheLimitSays() {
    MediaFixture media = limited("media-download-mebibytes=40");
    String id = media.uploaded(Upload.of(MEBIBYTE + 1));
    Account ben = media.world.account("ben");

    List<Answer> answers =
        Parallel.map(IntStream.range(0, 1_000).boxed().toList(), i -> media.get(ben, id));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(20);
    assertThat(media.get(id).status()).isEqualTo(200);
  }

  @Test
  void stepsAreCounted() {
    MediaFixture media = limited("media-steps=2");
    String id = media.uploaded(Upload.of(1));

    media.renew(id).expect(200);
    media.complete(id).expect(409);
    assertThat(media.renew(id).detail(429)).contains("media-steps");
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    MediaFixture media = new MediaFixture(tables);
    String id = media.uploaded(Upload.of(1));
    MediaFixture uncounted = media.behind(BeforeRequest.refusing("LimitsTable"));

    assertThat(uncounted.begin(ofSize(1)).status()).isEqualTo(503);
    assertThat(uncounted.get(id).status()).isEqualTo(503);
  }
}
