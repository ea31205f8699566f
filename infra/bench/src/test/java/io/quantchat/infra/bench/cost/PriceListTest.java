package io.quantchat.infra.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PriceListTest {

  private final PriceList prices = PriceList.of("us-east-1");

  @ParameterizedTest
  @EnumSource(Price.class)
  void everythingHasAPriceASourceAndACertaintyInEveryRegion(Price price) {
    for (String region : PriceList.regions()) {
      PriceList.Entry entry = PriceList.of(region).entry(price);
      assertThat(entry.unit()).isNotBlank();
      assertThat(entry.source()).startsWith("https://aws.amazon.com/");
      assertThat(entry.certainty()).isNotBlank();
      assertThat(entry.tiers()).isNotEmpty().allSatisfy(t -> assertThat(t.dollars()).isPositive());
      List<Double> ends = entry.tiers().stream().map(PriceList.Tier::upTo).toList();
      assertThat(ends).isSorted().doesNotHaveDuplicates();
      assertThat(ends.getLast()).isInfinite();
      assertThat(ends.subList(0, ends.size() - 1)).allSatisfy(e -> assertThat(e).isFinite());
    }
  }

  @Test
  void aMillionOfEachIsItsPrice() {
    Usage usage = Usage.of(Price.REST_REQUEST, 1e6).and(Price.SOCKET_MESSAGE, 2e6);

    assertThat(prices.atListPrice(usage)).isCloseTo(3.50 + 2.00, within(1e-9));
    assertThat(prices.inOneMonth(usage)).isCloseTo(3.50 + 2.00, within(1e-9));
  }

  @Test
  void aMonthGoesThroughTheTiersItReaches() {
    Usage usage = Usage.of(Price.REST_REQUEST, 1_500e6);

    assertThat(prices.inOneMonth(usage))
        .isCloseTo(333 * 3.50 + 667 * 2.80 + 500 * 2.38, within(1e-6));
    assertThat(prices.atListPrice(usage)).isCloseTo(1_500 * 3.50, within(1e-6));
  }

  @Test
  void anUnknownRegionIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> PriceList.of("mars-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("us-east-1, eu-west-1");
  }
}
