package io.quantchat.infra.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The functions can push what the contract names, and nothing else. */
class EventNamesTest {

  /** Found by name, as this module finds every handler: it isn't compiled against them. */
  @Test
  void everyEventThatFunctionsPushIsInTheContractAndTheOtherWayRound() throws Exception {
    Class<?> types = Class.forName("io.quantchat.push.Event$Type");
    List<Object> names = new ArrayList<>();
    for (Object type : types.getEnumConstants()) {
      names.add(types.getMethod("wireName").invoke(type));
    }

    assertThat(new SocketFrames(ContractDocument.asyncApi()).typesPushed())
        .hasSizeGreaterThan(10)
        .isEqualTo(Set.copyOf(names));
  }
}
