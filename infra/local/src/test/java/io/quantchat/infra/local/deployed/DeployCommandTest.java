package io.quantchat.infra.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code ./quantchat deploy} and {@code roll-key} make of what sam says. There is no AWS here:
 * a stand-in for sam answers as the real one does, and notes what it was asked. The script runs in
 * a copy of its project.
 */
class DeployCommandTest {
  private static final Path PROJECT =
      Path.of(System.getProperty("quantchat.template")).toAbsolutePath().getParent();
  private static final Pattern RELEASE = Pattern.compile("Release=([0-9a-f]{40})");
  private static final String NOT_THERE_YET = "Error: The input stack does not exist";

  private static final String SAM =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >>"$FOLDER/asked"
      case "$1" in
        deploy)
          touch "$FOLDER/deployed"
          exit "${DEPLOY_STATUS:-0}"
          ;;
        remote) printf '%s' "$REMOTE_ANSWER" ;;
        list)
          if [ -e "$FOLDER/deployed" ]; then
            cat "$FOLDER/outputs"
          else
            echo "$LIST_ERROR" >&2
            exit 1
          fi
          ;;
      esac
      """;

  /** Packages whatever the two modules have, and names them as Maven does. */
  private static final String MAVEN =
      """
      #!/bin/sh
      [ "$1" = --version ] || echo "$*" >>"$FOLDER/built"
      case "$*" in
        --version) echo "Apache Maven 3.9.9" ;;
        *" -pl functions "*)
          find pom.xml .mvn functions crypto -name target -prune -o -type f -print | sort |
            xargs cat >functions/target/quantchat-functions.zip
          mkdir -p crypto/target
          echo "a jar" >crypto/target/quantchat-crypto.jar
          printf '%s' "/elsewhere/library.jar:$PWD/crypto/target/quantchat-crypto.jar" \\
            >functions/target/class-path.txt
          # As if somebody had saved a file once Maven was past it.
          if [ -n "$SAVED" ]; then
            printf '%s' "saved meanwhile" >"$SAVED"
            until [ "$SAVED" -nt infra/local/target/build-began ]; do touch "$SAVED"; done
          fi
          ;;
      esac
      """;

  /** Too old to build anything with. */
  private static final String NODE =
      """
      #!/bin/sh
      touch "$FOLDER/node-asked"
      echo v18.0.0
      """;

  /** Has whatever is imported, and uploads what it is told to. */
  private static final String PYTHON =
      """
      #!/bin/sh
      [ "$1" = -c ] && exit 0
      case "$1" in
        */released.py) exit "${RELEASED_STATUS:-0}" ;;
        */beforehand.py) echo "$BEFOREHAND_SAYS"; exit 0 ;;
        */in_force.py) echo "LogRetentionDays=3"; exit 0 ;;
        */clean_up.py) printf '%s\\n' "$*" >"$FOLDER/cleaned"; exit 0 ;;
      esac
      printf '%s\\n' "$*" >"$FOLDER/uploaded"
      echo "$UPLOAD_SAYS"
      exit "${UPLOAD_STATUS:-0}"
      """;

  /** Notes what it is to run. */
  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >>"$FOLDER/checked"
      exit "${CHECK_STATUS:-0}"
      """;

  private static final String WEB_OUTPUTS =
      """
      [
        {"OutputKey": "RestUrl",
         "OutputValue": "https://a.example/live"},
        {"OutputKey": "WebUrl",
         "OutputValue": "https://c.example"},
        {"OutputKey": "WebBucket",
         "OutputValue": "files"},
        {"OutputKey": "WebDistribution",
         "OutputValue": "E1"}
      ]
      """
          .replace("{\"", "{\n\"");

  private static final String OUTPUTS =
      """
      [
        {
          "OutputKey": "SocketUrl",
          "OutputValue": "wss://b.example/live",
          "Description": ""
        },
        {
          "OutputKey": "RestUrl",
          "OutputValue": "https://a.example/live",
          "Description": ""
        }
      ]
      """;

  private static final String SETTINGS =
      """
      version = 0.1
      [dev.deploy.parameters]
      stack_name = "quantchat-dev"
      parameter_overrides = "Alarms=false LogRetentionDays=3"
      [prod.deploy.parameters]
      stack_name = "quantchat-prod"
      region = "eu-west-1"
      parameter_overrides = "Alarms=\\"true\\""
      """;

  @TempDir private Path folder;
  private Path commands;

  @BeforeEach
  void copyTheProject() throws IOException {
    commands = Files.createDirectories(folder.resolve("bin"));
    script("sam", SAM);
    script("mvn", MAVEN);
    script("node", NODE);
    script("npm", NODE);
    script("python3", PYTHON);
    Files.writeString(folder.resolve("outputs"), OUTPUTS);
    Files.writeString(folder.resolve("samconfig.toml"), SETTINGS);
    Files.writeString(folder.resolve("template.yaml"), "Resources: {}\n");
    Path infra = Files.createDirectories(folder.resolve("infra"));
    Files.writeString(infra.resolve("observability.yaml"), "Resources: {}\n");
    Files.writeString(infra.resolve("web.yaml"), "Resources: {}\n");
    Path web = Files.createDirectories(folder.resolve("web"));
    Files.writeString(web.resolve("index.html"), "<!doctype html>");
    Files.copy(PROJECT.resolve("web/build.sh"), web.resolve("build.sh"));
    Files.copy(PROJECT.resolve("quantchat"), folder.resolve("quantchat"));
    assertThat(folder.resolve("quantchat").toFile().setExecutable(true)).isTrue();
    Path deploy = Files.createDirectories(folder.resolve("infra/deploy"));
    Files.copy(PROJECT.resolve("infra/deploy/deploy.sh"), deploy.resolve("deploy.sh"));
    Path home = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
    executable(home.resolve("bin/java"), JAVA);
    executable(home.resolve("bin/javac"), JAVA);
    for (String module : List.of("infra/demo", "infra/local")) {
      Path target = Files.createDirectories(folder.resolve(module + "/target"));
      Files.writeString(target.resolve("class-path.txt"), "");
    }
    Path zip = Files.createDirectories(folder.resolve("functions/target"));
    Files.writeString(zip.resolve("quantchat-functions.zip"), "a zip");
    for (String source : SOURCES) {
      write(source, "<a/>");
    }
  }

  /** One file in each place that the zip is made of. */
  private static final List<String> SOURCES =
      List.of(
          "pom.xml",
          ".mvn/maven.config",
          "functions/pom.xml",
          "functions/src/assembly/lambda.xml",
          "functions/src/main/java/io/Handler.java",
          "functions/src/main/resources/names.txt",
          "crypto/pom.xml",
          "crypto/src/main/java/io/Cipher.java",
          "crypto/src/main/resources/words.txt");

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void withoutSamItSaysWhatToInstallAndDoesNothing() throws Exception {
    Files.delete(commands.resolve("sam"));

    Command.Outcome outcome = quantchat(Map.of(), "deploy");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).contains("aws-sam-cli");
    assertThat(folder.resolve("built")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "Botocore Exception : Unable to locate credentials, aws configure",
    "Error: The config profile (secret) could not be found, aws configure",
    "ExpiredToken: The security token included in the request is expired (secret), aws sso login",
    "InvalidClientTokenId: The security token is invalid (secret), doesn't accept",
    "No region information found, region",
  })
  void withoutWhatReachesAwsItSaysWhatToDoAndDoesNothing(String said, String advice)
      throws Exception {
    Command.Outcome outcome = quantchat(Map.of("LIST_ERROR", said), "deploy");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).contains(advice).doesNotContain("secret");
    assertThat(asked()).doesNotContain("deploy");
    assertThat(folder.resolve("built")).doesNotExist();
  }

  @Test
  void itDeploysAnEnvironmentAndPrintsBothUrls() throws Exception {
    Command.Outcome outcome =
        quantchat(Map.of("LIST_ERROR", NOT_THERE_YET), "deploy", "--env", "prod");

    assertThat(outcome.orThrow())
        .isEqualTo("RestUrl    https://a.example/live\nSocketUrl  wss://b.example/live\n");
    assertThat(outcome.errors())
        .contains("roll-key --env prod", "sam delete")
        .contains(
            "Parameters in force; all others have the template's defaults:\nLogRetentionDays=3");
    assertThat(folder.resolve("built")).exists();
    assertThat(deployment())
        .contains("--config-env prod", "--stack-name quantchat-prod")
        .containsPattern("--parameter-overrides Alarms=\"true\" Release=[0-9a-f]{40}");
  }

  @Test
  void whatWasDeployedIsChecked() throws Exception {
    quantchat(Map.of("LIST_ERROR", NOT_THERE_YET), "deploy").orThrow();

    assertThat(checked())
        .contains("io.quantchat.infra.demo.check.Check")
        .contains("--url https://a.example/live --socket-url wss://b.example/live --wait ");
  }

  @Test
  void aDeploymentThatFailsItsCheckIsAFailure() throws Exception {
    Command.Outcome outcome =
        quantchat(Map.of("LIST_ERROR", NOT_THERE_YET, "CHECK_STATUS", "1"), "deploy");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).contains("RestUrl ");
    assertThat(outcome.errors()).contains("is deployed, but the check failed", "check --stack");
  }

  @Test
  void aDeploymentThatFailsSaysHowToGoOnAndChecksNothing() throws Exception {
    Command.Outcome outcome =
        quantchat(Map.of("LIST_ERROR", NOT_THERE_YET, "DEPLOY_STATUS", "1"), "deploy");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors())
        .contains("It was not deployed", "--clean-up --stack quantchat-dev");
    assertThat(folder.resolve("checked")).doesNotExist();
  }

  @Test
  void whoWantsNoCheckHasNone() throws Exception {
    quantchat(Map.of("LIST_ERROR", NOT_THERE_YET), "deploy", "--no-check").orThrow();

    assertThat(folder.resolve("checked")).doesNotExist();
  }

  @Test
  void aStackIsCheckedByItsName() throws Exception {
    Files.createFile(folder.resolve("deployed"));

    quantchat(Map.of(), "check", "--env", "prod").orThrow();

    assertThat(asked()).contains("list stack-outputs --stack-name quantchat-prod");
    assertThat(checked())
        .contains("--url https://a.example/live --socket-url wss://b.example/live");
  }

  @Test
  void aStackThatIsNotThereCannotBeChecked() throws Exception {
    Command.Outcome outcome =
        quantchat(Map.of("LIST_ERROR", NOT_THERE_YET), "check", "--stack", "x");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).contains("There is no stack x");
    assertThat(folder.resolve("checked")).doesNotExist();
  }

  @Test
  void whatTheAccountHasComesBeforeWhatIsGiven() throws Exception {
    quantchat(
            Map.of("LIST_ERROR", NOT_THERE_YET, "BEFOREHAND_SAYS", "SetGatewayLogRole=false"),
            "deploy")
        .orThrow();

    assertThat(deployment())
        .contains("--parameter-overrides SetGatewayLogRole=false Alarms=false LogRetentionDays=3");
  }

  @Test
  void cleaningUpDeploysNothing() throws Exception {
    quantchat(Map.of("LIST_ERROR", NOT_THERE_YET), "deploy", "--clean-up", "--env", "prod")
        .orThrow();

    assertThat(folder.resolve("cleaned"))
        .content()
        .contains("clean_up.py quantchat-prod --region eu-west-1");
    assertThat(asked()).doesNotContain("deploy ");
    assertThat(folder.resolve("built")).doesNotExist();
  }

  @Test
  void whatIsGivenForSamReachesIt() throws Exception {
    quantchat(
            Map.of("LIST_ERROR", NOT_THERE_YET),
            "deploy",
            "--guided",
            "--",
            "--profile",
            "work",
            "--parameter-overrides",
            "Alarms=true",
            "--no-execute-changeset")
        .orThrow();

    assertThat(asked()).contains("list stack-outputs --stack-name quantchat-dev");
    assertThat(deployment())
        .contains("--guided", "--profile work", "--no-execute-changeset")
        .contains("Alarms=false LogRetentionDays=3 Alarms=true Release=");
  }

  @Test
  void aByteOfAnySourceMakesAnotherPackageWhateverItsTime() throws Exception {
    String release = releaseOf("AllowedOrigin=*");
    long packaged = 1;
    for (String source : SOURCES) {
      assertThat(releaseOf("AllowedOrigin=*")).isEqualTo(release);
      assertThat(builds()).isEqualTo(packaged++);

      FileTime written = Files.getLastModifiedTime(folder.resolve(source));
      write(source, "<b/>");
      Files.setLastModifiedTime(folder.resolve(source), written);

      String other = releaseOf("AllowedOrigin=*");
      assertThat(other).as(source).isNotEqualTo(release);
      assertThat(builds()).as(source).isEqualTo(packaged);
      release = other;
    }
  }

  @Test
  void whatTheZipIsNotMadeOfDoesNotMakeItAnew() throws Exception {
    String release = releaseOf("AllowedOrigin=*");
    write("functions/src/test/java/io/HandlerTest.java", "class HandlerTest {}");
    write("crypto/src/test/java/io/CipherTest.java", "class CipherTest {}");
    write("crypto/target/classes/io/Cipher.class", "a class");
    write("client/src/main/java/io/Client.java", "class Client {}");

    assertThat(releaseOf("AllowedOrigin=*")).isEqualTo(release);
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aSourceThatIsGoneOrSavedWhileMavenRanMakesItAnewAndAZipOfOthersDoesToo() throws Exception {
    releaseOf("AllowedOrigin=*");
    Files.delete(folder.resolve("crypto/src/main/resources/words.txt"));
    quantchat(
            Map.of("LIST_ERROR", NOT_THERE_YET, "SAVED", "crypto/src/main/java/io/Cipher.java"),
            "deploy")
        .orThrow();
    assertThat(builds()).isEqualTo(2);

    releaseOf("AllowedOrigin=*");
    assertThat(builds()).isEqualTo(3);
    assertThat(folder.resolve("functions/target/quantchat-functions.zip"))
        .content()
        .contains("saved meanwhile");

    write("functions/target/quantchat-functions.zip", "of other sources");
    releaseOf("AllowedOrigin=*");
    assertThat(builds()).isEqualTo(4);
  }

  /** Maven goes by times, and would keep a class that is newer than its source. */
  @Test
  void whatWasCompiledOfOtherSourcesIsNotKept() throws Exception {
    releaseOf("AllowedOrigin=*");
    write("crypto/target/classes/io/Cipher.class", "a class");
    write("crypto/src/main/java/io/Cipher.java", "<b/>");

    releaseOf("AllowedOrigin=*");

    assertThat(folder.resolve("crypto/target/classes")).doesNotExist();
  }

  /** How often Maven has packaged. */
  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("built")).stream()
        .filter(asked -> asked.contains(" -pl functions "))
        .count();
  }

  @Test
  void anotherParameterIsAnotherReleaseAndTheSameIsTheSame() throws Exception {
    String first = releaseOf("AllowedOrigin=*");
    String other = releaseOf("AllowedOrigin=https://chat.example");
    String again = releaseOf("AllowedOrigin=*");

    assertThat(other).isNotEqualTo(first);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void theBrowserClientIsUploadedAndItsBuildPrinted() throws Exception {
    buildTheClient();

    Command.Outcome outcome =
        quantchat(
            Map.of("LIST_ERROR", NOT_THERE_YET, "UPLOAD_SAYS", "5f0a"), "deploy", "--env", "prod");

    assertThat(outcome.orThrow()).endsWith("WebUrl     https://c.example\nWebBuild   5f0a\n");
    assertThat(folder.resolve("uploaded"))
        .content()
        .contains("infra/deploy/upload_web.py ", "/web/target/dist ", "/infra/web-headers.json ")
        .endsWith(" files E1 --region eu-west-1\n");
  }

  @Test
  void aClientThatWasNotUploadedIsAFailureThoughTheRestIsDeployed() throws Exception {
    buildTheClient();

    Command.Outcome outcome =
        quantchat(Map.of("LIST_ERROR", NOT_THERE_YET, "UPLOAD_STATUS", "1"), "deploy");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).contains("RestUrl ").doesNotContain("WebUrl");
    assertThat(outcome.errors()).contains("is deployed, but its browser client wasn't");
  }

  @Test
  void whatWasNotConfirmedIsNotCalledDeployed() throws Exception {
    buildTheClient();

    Command.Outcome outcome =
        quantchat(Map.of("LIST_ERROR", NOT_THERE_YET, "RELEASED_STATUS", "4"), "deploy");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).contains("Nothing was deployed");
    assertThat(folder.resolve("uploaded")).doesNotExist();
  }

  @Test
  void whereNothingTellsWhatIsDeployedItIsTakenForDeployed() throws Exception {
    quantchat(Map.of("LIST_ERROR", NOT_THERE_YET, "RELEASED_STATUS", "1"), "deploy").orThrow();
  }

  @Test
  void withoutNodeTheRestIsDeployedAndTheClientStaysAsItIs() throws Exception {
    buildTheClient();
    Files.writeString(folder.resolve("web/index.html"), "<!doctype html><p>Other sources");

    Command.Outcome outcome = quantchat(Map.of("LIST_ERROR", NOT_THERE_YET), "deploy");

    assertThat(outcome.orThrow()).contains("RestUrl ").endsWith("WebUrl     https://c.example\n");
    assertThat(outcome.errors()).contains("Node 20", "the one that was deployed before");
    assertThat(folder.resolve("uploaded")).doesNotExist();
  }

  @Test
  void aNameThatCloudFrontCannotBearIsRefusedUnlessTheClientIsLeftOut() throws Exception {
    Map<String, String> answers = Map.of("LIST_ERROR", NOT_THERE_YET);
    String name = "q".repeat(41);

    Command.Outcome refused = quantchat(answers, "deploy", "--stack", name);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.errors()).contains("40 characters");
    assertThat(asked()).doesNotContain("deploy ");

    quantchat(answers, "deploy", "--stack", name, "--", "--parameter-overrides", "WebClient=false")
        .orThrow();
  }

  @Test
  void aClientThatIsLeftOutIsNotBuilt() throws Exception {
    quantchat(
            Map.of("LIST_ERROR", NOT_THERE_YET),
            "deploy",
            "--",
            "--parameter-overrides",
            "WebClient=false")
        .orThrow();

    assertThat(folder.resolve("node-asked")).doesNotExist();
    assertThat(folder.resolve("uploaded")).doesNotExist();
  }

  /** A client of the sources as they are, and a stack that serves one. */
  private void buildTheClient() throws Exception {
    Files.writeString(folder.resolve("outputs"), WEB_OUTPUTS);
    Path dist = Files.createDirectories(folder.resolve("web/target/dist"));
    Files.writeString(dist.resolve("build.json"), "{}");
    String digest =
        Command.run(
                Map.of("root", folder.toString()),
                List.of("bash", "-c", ". \"$root/web/build.sh\"; web_digest"))
            .orThrow();
    Files.writeString(folder.resolve("web/target/sources"), digest);
  }

  @Test
  void rollingTheKeyPrintsItsIdAlone() throws Exception {
    Files.createFile(folder.resolve("deployed"));

    Command.Outcome outcome =
        quantchat(
            Map.of("REMOTE_ANSWER", "{\"key_id\":\"019c1dcb-7a02-7b11-8d20-1f7c3a9b4e65\"}"),
            "roll-key");

    assertThat(outcome.orThrow()).isEqualTo("019c1dcb-7a02-7b11-8d20-1f7c3a9b4e65\n");
    assertThat(asked())
        .contains("remote invoke AuthFunction --stack-name quantchat-dev")
        .contains("--parameter Qualifier=live");
  }

  @Test
  void aKeyThatWasNotRolledIsAFailure() throws Exception {
    Files.createFile(folder.resolve("deployed"));

    Command.Outcome outcome =
        quantchat(Map.of("REMOTE_ANSWER", "{\"errorMessage\":\"try again\"}"), "roll-key");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"deploy,--envv", "deploy,--env", "roll-key,--guided", "roll-key,--clean-up"})
  void anOptionThatIsNoneIsRefused(String command, String option) throws Exception {
    Command.Outcome outcome = quantchat(Map.of(), command, option);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors()).contains("./quantchat help");
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  private String releaseOf(String parameter) throws Exception {
    Files.deleteIfExists(folder.resolve("asked"));
    quantchat(
            Map.of("LIST_ERROR", NOT_THERE_YET), "deploy", "--", "--parameter-overrides", parameter)
        .orThrow();
    Matcher release = RELEASE.matcher(deployment());
    assertThat(release.find()).isTrue();
    return release.group(1);
  }

  private Command.Outcome quantchat(Map<String, String> answers, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("-i");
    command.add("PATH=" + commands + ":/usr/bin:/bin");
    command.add("HOME=" + folder);
    command.add("FOLDER=" + folder);
    command.add("JAVA_HOME=" + folder.resolve("jdk"));
    answers.forEach((name, value) -> command.add(name + "=" + value));
    command.add(folder.resolve("quantchat").toString());
    command.addAll(List.of(words));
    return Command.run(Map.of(), command);
  }

  private String asked() throws IOException {
    return Files.readString(folder.resolve("asked"));
  }

  private String checked() throws IOException {
    return Files.readString(folder.resolve("checked"));
  }

  private String deployment() throws IOException {
    return asked().lines().filter(line -> line.startsWith("deploy ")).findFirst().orElseThrow();
  }

  private void script(String name, String text) throws IOException {
    executable(commands.resolve(name), text);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
