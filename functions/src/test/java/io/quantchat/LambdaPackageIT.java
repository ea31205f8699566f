package io.quantchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.infra.stack.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zip that Lambda gets, as the build left it. */
class LambdaPackageIT {

  private static LambdaPackage zip;

  @BeforeAll
  static void read() throws IOException {
    zip = LambdaPackage.read(Path.of(System.getProperty("quantchat.lambda-package")));
  }

  @Test
  void holdsNothingThatFunctionsDoNotNeed() {
    assertThat(zip.faults()).isEmpty();
  }

  @Test
  void holdsEveryHandlerOfTheTemplate() {
    var stack =
        Template.read(Path.of(System.getProperty("quantchat.template")))
            .resolve(
                new Deployment(
                    "eu-west-1",
                    "111122223333",
                    "quantchat",
                    Map.of(),
                    "ws://localhost:8080",
                    "http://localhost:8080"));

    assertThat(stack.functions().values())
        .isNotEmpty()
        .extracting(FunctionSpec::handler)
        .allMatch(zip::hasClass);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/netty/channel/Channel.class",
        "software/amazon/awssdk/http/nio/netty/NettyNioAsyncHttpClient.class",
        "org/apache/http/client/HttpClient.class",
        "org/apache/hc/client5/http/classic/HttpClient.class",
        "software/amazon/awssdk/http/apache5/Apache5HttpClient.class",
        "software/amazon/awssdk/crt/CRT.class",
        "linux/armv8/glibc/libaws-crt-jni.so",
        "com/amazonaws/services/dynamodbv2/local/main/ServerRunner.class",
        "software/amazon/dynamodb/services/local/main/ServerRunner.class",
        "io/quantchat/infra/local/Runner.class",
        "io/quantchat/infra/database/EmbeddedDatabase.class",
        "org/sqlite/JDBC.class",
        "io/quantchat/relay/SendTest.class",
        "org/junit/jupiter/api/Test.class",
        "org/testcontainers/containers/GenericContainer.class",
        "org/bouncycastle/jce/provider/BouncyCastleProvider.class",
        "META-INF/BC2048KE.RSA",
        "io/quantchat/relay/RelayHandler.class",
      })
  void isRefusedWithAClassThatDoesNotBelongThere(String stranger) {
    assertThat(zip.plus(stranger).faults()).singleElement().asString().endsWith(stranger);
  }

  @Test
  void isRefusedWithAnythingBesideItsJar() {
    assertThat(zip.plusBeside("lib/netty-common-4.1.100.Final.jar").faults()).hasSize(1);
  }

  @Test
  void isRefusedAboveTenMegabytes() {
    assertThat(zip.ofSize(LambdaPackage.LARGEST + 1).faults()).hasSize(1);
  }
}
