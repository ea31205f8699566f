package io.quantchat.infra.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs a small project with libraries in a repository of its own. */
class DistTest {

  private static final String APACHE =
      "<licenses><license><name>Apache-2.0</name></license></licenses>";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Path root;
  private Path output;

  @BeforeEach
  void build() throws IOException {
    root = Files.createDirectories(folder.resolve("project"));
    output = folder.resolve("out/quantchat.tar.gz");
    Files.writeString(
        root.resolve("pom.xml"),
        """
        <project>
          <groupId>io.quantchat</groupId><artifactId>quantchat</artifactId><version>1.2</version>
          <properties>
            <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
            <jvm.options>--some-option</jvm.options>
          </properties>
        </project>
        """);
    Files.writeString(root.resolve("LICENSE"), "ours");
    jar(root.resolve("infra/local/target/quantchat-local.jar"), Map.of("A.class", "a"));
    jar(root.resolve("infra/demo/target/quantchat-demo.jar"), Map.of("B.class", "b"));
    jar(root.resolve("cli/target/quantchat-cli.jar"), Map.of("C.class", "c"));
    Path library = library("org.example", "plain", APACHE, Map.of("D.class", "d"));
    listed("infra/local", library);
    listed("infra/demo", library);
    listed("cli", library);
  }

  private void listed(String module, Path... jars) throws IOException {
    Files.writeString(
        root.resolve(module + "/target/class-path.txt"),
        String.join(File.pathSeparator, List.of(jars).stream().map(Path::toString).toList()));
  }

  private Path library(String group, String artifact, String licences, Map<String, String> files)
      throws IOException {
    Path version =
        Files.createDirectories(
            folder.resolve("repository/" + group.replace('.', '/') + "/" + artifact + "/3"));
    Files.writeString(
        version.resolve(artifact + "-3.pom"),
        "<project><groupId>%s</groupId><artifactId>%s</artifactId><version>3</version>%s</project>"
            .formatted(group, artifact, licences));
    return jar(version.resolve(artifact + "-3.jar"), files);
  }

  private static Path jar(Path file, Map<String, String> files) throws IOException {
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private int pack(String... words) {
    return Dist.run(
        List.of(words),
        root,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path unpack() throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xzf", output.toString()).directory(folder.toFile()).start();
    assertThat(tar.waitFor()).isZero();
    return folder.resolve("quantchat-1.2");
  }

  @Test
  void theArchiveHoldsProgramsLibrariesAndLicences() throws Exception {
    assertThat(pack("--output", output.toString())).as(said()).isZero();

    Path unpacked = unpack();
    assertThat(unpacked.resolve("lib/backend.txt")).hasContent("quantchat-local.jar\nplain-3.jar");
    assertThat(unpacked.resolve("lib/client.txt")).hasContent("quantchat-cli.jar\nplain-3.jar");
    assertThat(unpacked.resolve("lib/jvm-options.txt")).hasContent("--some-option");
    assertThat(unpacked.resolve("lib/plain-3.jar"))
        .hasSameBinaryContentAs(folder.resolve("repository/org/example/plain/3/plain-3.jar"));
    assertThat(unpacked.resolve("THIRD-PARTY"))
        .content()
        .contains("org.example:plain:3  Apache-2.0");
    assertThat(unpacked.resolve("quantchat")).isExecutable();
    assertThat(unpacked.resolve("LICENSE")).hasContent("ours");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 libraries of others");
  }

  @Test
  void twoBuildsOfTheSameMakeTheSameArchive() throws Exception {
    pack("--output", output.toString());
    byte[] first = Files.readAllBytes(output);
    // As Ant does, which tells when it made a jar.
    Files.setLastModifiedTime(root.resolve("cli/target/quantchat-cli.jar"), FileTime.fromMillis(1));
    jar(root.resolve("cli/target/quantchat-cli.jar"), Map.of("C.class", "c"));
    pack("--output", output.toString());

    assertThat(Files.readAllBytes(output)).isEqualTo(first);
  }

  @Test
  void theBrowserClientIsPackedWhereItWasBuilt() throws Exception {
    assertThat(pack("--output", output.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("The browser client isn't in it");
    assertThat(unpack().resolve("lib/web")).doesNotExist();

    Path client = Files.createDirectories(root.resolve("web/target/dist/assets"));
    Files.writeString(client.resolve("main.js"), "script");
    Files.writeString(root.resolve("web/target/dist/build.json"), "{}");
    Files.createDirectories(root.resolve("infra"));
    Files.writeString(root.resolve("infra/web-headers.json"), "[]");
    out.reset();

    assertThat(pack("--output", output.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("isn't in it");
    Path unpacked = unpack();
    assertThat(unpacked.resolve("lib/web/assets/main.js")).hasContent("script");
    assertThat(unpacked.resolve("lib/web/build.json")).hasContent("{}");
    assertThat(unpacked.resolve("infra/web-headers.json")).hasContent("[]");
  }

  @Test
  void aLibraryOfNoKnownLicenceStopsIt() throws Exception {
    listed("cli", library("org.example", "odd", "", Map.of()));

    assertThat(pack("--output", output.toString())).isEqualTo(1);
    assertThat(said()).startsWith("The licence of org.example:odd:3 (none is named) isn't one");
    assertThat(output).doesNotExist();
  }

  @Test
  void dynamoDbLocalStopsItWhateverItsPomSays() throws Exception {
    listed("cli", library("software.amazon.dynamodb", "DynamoDBLocal", APACHE, Map.of()));

    assertThat(pack("--output", output.toString())).isEqualTo(1);
    assertThat(said()).startsWith("software.amazon.dynamodb:DynamoDBLocal:3 may not be passed on");
  }

  @Test
  void aLicenceThatAsksForItsTextHasItFromTheJarOrStopsIt() throws Exception {
    String mit = "<licenses><license><name>MIT License</name></license></licenses>";
    listed("cli", library("org.example", "kind", mit, Map.of("META-INF/LICENSE.txt", "(c) Kim")));
    assertThat(pack("--output", output.toString())).as(said()).isZero();
    assertThat(unpack().resolve("licences/kind-3.txt")).hasContent("(c) Kim");

    listed("cli", library("org.example", "mute", mit, Map.of()));
    assertThat(pack("--output", output.toString())).isEqualTo(1);
    assertThat(said()).startsWith("The licence of org.example:mute:3 asks for its text");
  }

  @Test
  void aParentsLicenceIsItsChildrens() throws Exception {
    library("org.example", "parent", APACHE, Map.of());
    String child =
        "<parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>3</version></parent>";
    listed("cli", library("org.example.deep", "child", child, Map.of()));

    assertThat(pack("--output", output.toString())).as(said()).isZero();
    assertThat(unpack().resolve("THIRD-PARTY"))
        .content()
        .contains("org.example.deep:child:3  Apache-2.0");
  }

  @Test
  void wordsThatItDoesNotKnowAreRefused() {
    assertThat(pack("--output")).isEqualTo(2);
    assertThat(said()).startsWith("--output needs a value.");
    assertThat(pack("--fast")).isEqualTo(2);
    assertThat(said()).contains("dist takes --output FILE, and nothing else.");
  }

  @Test
  void whatWasNotBuiltIsNamed() throws IOException {
    Files.delete(root.resolve("cli/target/class-path.txt"));

    assertThat(pack("--output", output.toString())).isEqualTo(1);
    assertThat(said()).contains("class-path.txt isn't there: it was not built.");
  }
}
