package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** By hand: what an attachment uses. */
class AttachmentTest {

  private static final double GIGABYTE = 1024 * 1024 * 1024;

  private final CostWorld world = new CostWorld();

  @Test
  void aPictureIsOneRequestAndOnePut() {
    Usage usage = Attachment.PICTURE.uploaded(world.operations);

    assertThat(usage.of(Price.REST_REQUEST)).isEqualTo(1);
    assertThat(usage.of(Price.OBJECT_WRITE)).isEqualTo(1);
    assertThat(usage.of(Price.WRITE_UNIT)).isEqualTo(3);
    assertThat(usage.of(Price.TRANSFER_GB) * GIGABYTE).isLessThan(3_000);
  }

  @Test
  void aVideoIsTwoRequestsItsPartsAndThreeMore() {
    Usage usage = Attachment.VIDEO.uploaded(world.operations);

    assertThat(usage.of(Price.REST_REQUEST)).isEqualTo(2);
    assertThat(usage.of(Price.OBJECT_WRITE)).isEqualTo(12 + 3);
  }

  @Test
  void aDownloadIsALinkAndTheBytesOut() {
    Usage usage = Attachment.PICTURE.downloaded(world.operations);

    assertThat(usage.of(Price.OBJECT_READ)).isEqualTo(1);
    assertThat(usage.of(Price.TRANSFER_GB) * 1024).isCloseTo(1, within(0.01));
  }

  @Test
  void aGigabyteKeptForAWeekIsAQuarterOfAMonthsOne() {
    Usage usage = new Attachment(GIGABYTE, 0).kept(world.operations, 7.5);

    assertThat(usage.of(Price.OBJECT_GB_MONTH)).isEqualTo(0.25);
  }

  @Test
  void aPictureCostsATenthOfAMilliDollarAndTheBytesOutAreMostOfIt() {
    Usage out = world.operations.transfer(Attachment.MEGABYTE);
    Usage all =
        Attachment.PICTURE
            .uploaded(world.operations)
            .plus(Attachment.PICTURE.downloaded(world.operations))
            .plus(Attachment.PICTURE.deleted(world.operations));

    assertThat(world.prices.atListPrice(all)).isBetween(0.00008, 0.00015);
    assertThat(world.prices.atListPrice(out) / world.prices.atListPrice(all)).isGreaterThan(0.75);
  }
}
