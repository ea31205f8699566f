package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand: what one message of 1 kB uses, on each way. */
class DeliveryTest {

  /**
   * Limits of sends, the inbox's gauge, and a tenth of the limit of reads: written for one in so
   * many.
   */
  private static final double SAMPLED = 1 / 32.0 + 1 / 64.0 + 1 / 64.0 + 1 / 320.0;

  private final CostWorld world = new CostWorld();

  @Test
  void fromSocketToSocketAMessageIsAFrameItsAnswerAPushAndATenthOfAFrameAndItsAnswer() {
    Usage usage = used(Delivery.SOCKET_TO_SOCKET);

    assertThat(usage.of(Price.REST_REQUEST)).isZero();
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(3 + 2 / 10.0, within(1e-9));
    assertThat(usage.of(Price.LAMBDA_REQUEST)).isCloseTo(1.1, within(1e-9));
    assertThat(usage.of(Price.READ_UNIT)).isEqualTo(2.5);
    assertThat(usage.of(Price.WRITE_UNIT)).isCloseTo(1 + 1 + SAMPLED, within(1e-9));
  }

  @Test
  void moreDevicesAreMorePushesToBothSides() {
    var three = world.assumptions.with(Assumption.DEVICES, 3);

    Usage usage = Delivery.SOCKET_TO_SOCKET.of(world.operations, three, Size.KILOBYTE);

    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(2 + 3 + 2 + 2 / 10.0, within(1e-9));
  }

  @Test
  void aPushedMessageIsOneRequestOnePushOneConfirmationAndATenthOfAFrameAndItsAnswer() {
    Usage usage = used(Delivery.PUSHED);

    assertThat(usage.of(Price.REST_REQUEST)).isEqualTo(1);
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(1 + 1 + 2 / 10.0, within(1e-9));
    assertThat(usage.of(Price.LAMBDA_REQUEST)).isCloseTo(1.1, within(1e-9));
    assertThat(usage.of(Price.LAMBDA_GB_SECOND)).isCloseTo(0.025 + 0.0015, within(1e-9));
    assertThat(usage.of(Price.READ_UNIT)).isEqualTo(2.5);
    assertThat(usage.of(Price.WRITE_UNIT)).isCloseTo(1 + 1 + SAMPLED, within(1e-9));
  }

  @Test
  void anAcknowledgementOfItsOwnIsAnotherRequest() {
    Usage usage = used(Delivery.PUSHED_AND_ACKNOWLEDGED_ALONE);

    assertThat(usage.of(Price.REST_REQUEST)).isEqualTo(2);
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isEqualTo(2);
    assertThat(usage.of(Price.LAMBDA_REQUEST)).isEqualTo(2);
    assertThat(usage.of(Price.READ_UNIT)).isCloseTo(2.5 + 0.5, within(1e-9));
  }

  @Test
  void aFetchedMessageIsItsSendATenthOfAFetchAndATenthOfAFrameAndItsAnswer() {
    Usage usage = used(Delivery.FETCHED);

    assertThat(usage.of(Price.REST_REQUEST)).isCloseTo(1.1, within(1e-9));
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(1 + 0.2, within(1e-9));
    assertThat(usage.of(Price.READ_UNIT)).isCloseTo(2.5 + 0.25, within(1e-9));
  }

  /** What it cost in dollars a million before there were limits, strangers and departures. */
  @ParameterizedTest
  @CsvSource({
    "SOCKET_TO_SOCKET, 5.58, 6.88, 12.43",
    "PUSHED, 8.15, 9.45, 15.00",
    "PUSHED_AND_ACKNOWLEDGED_ALONE, 12.03, 13.33, 18.88",
    "SOCKET_TO_FETCH, 5.02, 6.33, 12.03",
    "FETCHED, 7.59, 8.90, 14.60",
    "FETCHED_AND_ACKNOWLEDGED_ALONE, 11.47, 12.78, 18.48",
  })
  void whatKeepsStrangersOutCostsADeliveredMessageThreePercentAtMost(
      Delivery delivery, double kilobyte, double kilobyteOfContent, double eightKilobytes) {
    assertThat(million(delivery, Size.KILOBYTE)).isLessThanOrEqualTo(kilobyte * 1.03);
    assertThat(million(delivery, Size.KILOBYTE_OF_CONTENT))
        .isLessThanOrEqualTo(kilobyteOfContent * 1.03);
    assertThat(million(delivery, Size.EIGHT_KILOBYTES)).isLessThanOrEqualTo(eightKilobytes * 1.03);
  }

  private double million(Delivery delivery, Size size) {
    return world.prices.atListPrice(delivery.of(world.operations, world.assumptions, size)) * 1e6;
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void aLargerMessageNeverCostsLess(Delivery delivery) {
    double last = 0;
    for (Size size : Size.values()) {
      double dollars =
          world.prices.atListPrice(delivery.of(world.operations, world.assumptions, size));
      assertThat(dollars).isGreaterThan(last);
      last = dollars;
    }
  }

  @Test
  void aPushOfMoreThan32KilobytesCountsTwice() {
    assertThat(world.operations.push(32 * 1024).of(Price.SOCKET_MESSAGE)).isEqualTo(1);
    assertThat(world.operations.push(32 * 1024 + 1).of(Price.SOCKET_MESSAGE)).isEqualTo(2);
  }

  private Usage used(Delivery delivery) {
    return delivery.of(world.operations, world.assumptions, Size.KILOBYTE);
  }
}
