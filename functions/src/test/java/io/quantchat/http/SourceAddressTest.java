package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9,                     203.0.113.9",
    "::ffff:203.0.113.9,              203.0.113.9",
    "2001:db8::1,                     20010db800000000/64",
    "2001:db8:0:0:ffff:ffff:1:2,      20010db800000000/64",
    "2001:db8:0:1::1,                 20010db800000001/64",
    "fe80::1%1,                       fe80000000000000/64",
    "'',                              unknown",
    "localhost,                       unknown",
    "'203.0.113.9, 198.51.100.7',     unknown",
    "300.1.1.1,                       unknown"
  })
  void anAddressIsOneOfIpVersionFourOrANetworkOfVersionSix(String literal, String source) {
    assertThat(SourceAddress.parse(literal).text()).isEqualTo(source);
  }
}
