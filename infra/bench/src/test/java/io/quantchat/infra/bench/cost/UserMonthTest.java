package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UserMonthTest {

  private final CostWorld world = new CostWorld();

  @Test
  void whoIsAlwaysConnectedPaysForEveryMinuteAndForASocketEveryTwoHours() {
    Usage usage = new UserMonth(world.operations, world.assumptions).alwaysConnected();

    assertThat(usage.of(Price.SOCKET_MINUTE)).isEqualTo(30 * 24 * 60);
    double pings = 30 * 24 * 60 / 8.0;
    double presence = 30 * 12 * 2 * 10;
    assertThat(usage.of(Price.SOCKET_MESSAGE)).isCloseTo(2 * pings + presence, within(1e-6));
    double openings = 30 * 12;
    double refreshes = 30 * 24 * 4;
    assertThat(usage.of(Price.REST_REQUEST)).isCloseTo(2 * openings + refreshes, within(1e-6));
    assertThat(usage.of(Price.LAMBDA_REQUEST))
        .isCloseTo(5 * openings + refreshes + pings, within(1e-6));
  }

  @Test
  void whoNeitherWritesNorConnectsPaysForStorageAlone() {
    var idle =
        new Assumptions(
            Map.of(Assumption.MESSAGES, 0.0, Assumption.HOURS, 0.0, Assumption.OPENINGS, 0.0));

    Usage usage = new UserMonth(world.operations, idle).typical();

    double gigabytes = (2_000 + 50 * 130) / 1024.0 / 1024 / 1024;
    assertThat(world.prices.atListPrice(usage)).isCloseTo(gigabytes * 0.45, within(1e-12));
  }

  @Test
  void aMessageWithAPrekeyOfItsOwnPaysForAHundredthOfAnUploadAndAFifthOfATake() {
    var user = new UserMonth(world.operations, world.assumptions);
    var withoutPrekeys =
        new UserMonth(world.operations, new Assumptions(Map.of(Assumption.POST_QUANTUM, 0.0)));

    assertThat(user.prekey().of(Price.REST_REQUEST)).isCloseTo(0.01 + 0.2, within(1e-9));
    assertThat(user.prekey().of(Price.WRITE_UNIT))
        .isCloseTo(
            world.budgets.of("publish_100_prekeys").writeUnits() / 100.0
                + world.budgets.of("take_5").writeUnits() / 5.0,
            within(1e-9));
    assertThat(
            user.typical().of(Price.REST_REQUEST) - withoutPrekeys.typical().of(Price.REST_REQUEST))
        .isCloseTo(user.messages() * 0.21, within(1e-6));
  }

  @Test
  void aQuotaIsBrokenByAsManyUsersAsFillIt() {
    var user = new UserMonth(world.operations, world.assumptions);

    // 6 sockets a day, at the peak 4 times the average: 500 / (6 * 4 / 86,400).
    assertThat(Quota.NEW_SOCKETS.breaksAt(user)).isCloseTo(1_800_000, within(1.0));
    assertThat(Quota.NEW_SOCKETS.share(user, 900_000)).isCloseTo(0.5, within(1e-9));
    for (Quota quota : Quota.values()) {
      assertThat(quota.share(user, quota.breaksAt(user))).isCloseTo(1, within(1e-9));
    }
  }
}
