package io.quantchat.infra.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

  @Test
  void localhostIsReachedByItsNameAndFromNowhereElse() throws Exception {
    ListenAddress localhost = ListenAddress.of("localhost");

    assertThat(localhost.host()).isEqualTo("localhost");
    assertThat(localhost.isLoopback()).isTrue();
    assertThat(ListenAddress.of("127.0.0.2").isLoopback()).isTrue();
    assertThat(ListenAddress.of("::1").isLoopback()).isTrue();
  }

  @Test
  void everyAddressIsMoreThanThisMachine() throws Exception {
    assertThat(ListenAddress.of("0.0.0.0").isLoopback()).isFalse();
    assertThat(ListenAddress.of("::").isLoopback()).isFalse();
    assertThat(ListenAddress.of("0.0.0.0").host()).isEqualTo("localhost");
  }

  @Test
  void anAddressOfIpv6StandsInBracketsInUrls() throws Exception {
    assertThat(ListenAddress.of("::1").host()).isEqualTo("[::1]");
    assertThat(ListenAddress.of("[::1]").host()).isEqualTo("[::1]");
    assertThat(ListenAddress.of("127.0.0.1").host()).isEqualTo("127.0.0.1");
  }

  @Test
  void aNameWithoutAddressIsRefused() {
    assertThatThrownBy(() -> ListenAddress.of("nowhere.invalid"))
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> ListenAddress.of(" ")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void anotherMachinesAddressCantBeListenedOn() throws Exception {
    // Of a network for documentation (RFC 5737): nobody has it.
    ListenAddress elsewhere = ListenAddress.of("192.0.2.1");

    assertThat(elsewhere.isOfThisMachine()).isFalse();
    assertThat(ListenAddress.of("0.0.0.0").isOfThisMachine()).isTrue();
    assertThatThrownBy(() -> ListeningPort.take(elsewhere, 0).close())
        .isInstanceOf(BindException.class);
  }

  @Test
  void everyAddressOfIpv4LeavesThoseOfIpv6Alone() throws Exception {
    try (ListeningPort port = ListeningPort.take(ListenAddress.of("0.0.0.0"), 0)) {
      assertThat(canConnect("127.0.0.1", port.number())).isTrue();
      assertThat(canConnect("::1", port.number())).isFalse();
    }
  }

  @Test
  void everyAddressThereIsHasBothFamilies() throws Exception {
    try (ListeningPort port = ListeningPort.take(ListenAddress.of("::"), 0)) {
      assertThat(canConnect("127.0.0.1", port.number())).isTrue();
      assertThat(canConnect("::1", port.number())).isEqualTo(hasIpv6());
    }
  }

  @Test
  void aMachinesOwnAddressIsReachedByItAndNotByLocalhost() throws Exception {
    Optional<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address)
            .filter(address -> !address.isLoopbackAddress())
            .findFirst();
    Assumptions.assumeTrue(own.isPresent(), "the machine has but its loopback");

    ListenAddress address = ListenAddress.of(own.orElseThrow().getHostAddress());
    try (ListeningPort port = ListeningPort.take(address, 0)) {
      assertThat(address.isLoopback()).isFalse();
      assertThat(canConnect(own.get().getHostAddress(), port.number())).isTrue();
      assertThat(canConnect("127.0.0.1", port.number())).isFalse();
    }
  }

  private static boolean hasIpv6() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address.getHostAddress().startsWith("0:0:0:0:0:0:0:1"));
  }

  private static boolean canConnect(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
