package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand: what one message of 1 kB uses, on each way. */
class DeliveryTest {

  private final CostWorld world = new CostWorld();

  @Test
  void fromSocketToSocketAMessageIsAFrameItsAnswerAPushAndATenthOfAFrameAndItsAnswer() {
    Usage usage = used(Delivery.SOCKET_TO_SOCKET);

    assertThat(usage.of(Price.REST_REQUEST)).isZero();
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(3 + 2 / 10.0, within(1e-9));
    assertThat(usage.of(Price.LAMBDA_REQUEST)).isCloseTo(1.1, within(1e-9));
    assertThat(usage.of(Price.READ_UNIT)).isEqualTo(2);
    assertThat(usage.of(Price.WRITE_UNIT)).isCloseTo(1 + 1, within(1e-9));
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
    assertThat(usage.of(Price.READ_UNIT)).isEqualTo(2);
    assertThat(usage.of(Price.WRITE_UNIT)).isCloseTo(1 + 1, within(1e-9));
  }

  @Test
  void anAcknowledgementOfItsOwnIsAnotherRequest() {
    Usage usage = used(Delivery.PUSHED_AND_ACKNOWLEDGED_ALONE);

    assertThat(usage.of(Price.REST_REQUEST)).isEqualTo(2);
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isEqualTo(2);
    assertThat(usage.of(Price.LAMBDA_REQUEST)).isEqualTo(2);
  }

  @Test
  void aFetchedMessageIsItsSendATenthOfAFetchAndATenthOfAFrameAndItsAnswer() {
    Usage usage = used(Delivery.FETCHED);

    assertThat(usage.of(Price.REST_REQUEST)).isCloseTo(1.1, within(1e-9));
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(1 + 0.2, within(1e-9));
    assertThat(usage.of(Price.READ_UNIT)).isCloseTo(2 + 0.2, within(1e-9));
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
