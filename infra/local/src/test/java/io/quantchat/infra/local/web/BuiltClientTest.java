package io.quantchat.infra.local.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltClientTest {

  @TempDir private Path folder;

  private Path built;

  @BeforeEach
  void build() throws Exception {
    built = BuiltFolder.in(folder.resolve("dist"));
  }

  private BuiltClient read() throws UnusableClient {
    return BuiltClient.read(built).orElseThrow();
  }

  @Test
  void itsHashIsThatOfWhatSha256sumPrints() throws Exception {
    assertThat(read().hash()).isEqualTo(BuiltFolder.HASH);
  }

  @Test
  void aFileIsFoundByItsOwnPathAlone() throws Exception {
    BuiltClient client = read();

    assertThat(client.at("/")).isPresent().isEqualTo(client.at("/index.html"));
    assertThat(client.at(BuiltFolder.SCRIPT)).isPresent();
    assertThat(client.at("/build.json")).isPresent();
    for (String other :
        new String[] {
          "",
          "index.html",
          "//",
          "//index.html",
          "/./index.html",
          "/index.html/",
          "/index.html;a",
          "/assets",
          "/assets/",
          "/assets/../index.html",
          "/assets%2Fmain-1a2b.js",
          "/INDEX.HTML",
          "/assets\\main-1a2b.js",
          "/index.html%00",
          "/%69ndex.html",
          "*"
        }) {
      assertThat(client.at(other)).as(other).isEmpty();
    }
  }

  @Test
  void linksAndHiddenFilesAreNotServed() throws Exception {
    Path secret = BuiltFolder.write(folder, "secret/key.txt", "key");
    Files.createSymbolicLink(built.resolve("key.txt"), secret.resolve("secret/key.txt"));
    Files.createSymbolicLink(built.resolve("out"), secret.resolve("secret"));
    BuiltFolder.write(built, ".env", "key");
    BuiltFolder.write(built, ".vite/manifest.json", "{}");
    BuiltFolder.write(built, "a b.txt", "a");

    BuiltClient client = read();

    assertThat(client.hash()).isEqualTo(BuiltFolder.HASH);
    for (String path :
        new String[] {"/key.txt", "/out/key.txt", "/.env", "/.vite/manifest.json", "/a b.txt"}) {
      assertThat(client.at(path)).as(path).isEmpty();
    }
  }

  @Test
  void aFolderThatIsALinkIsReadWhereItLeads() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), built);

    assertThat(BuiltClient.read(link).orElseThrow().hash()).isEqualTo(BuiltFolder.HASH);
  }

  @Test
  void whatReplacesItLaterChangesNothing() throws Exception {
    BuiltClient client = read();
    BuiltFolder.write(built, "index.html", "another");

    assertThat(client.at("/").orElseThrow().content())
        .isEqualTo("<p>Hello</p>\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whereNothingWasBuiltThereIsNone() throws Exception {
    assertThat(BuiltClient.read(folder.resolve("nowhere"))).isEmpty();
  }

  @Test
  void halfABuildIsRefused() throws Exception {
    BuiltFolder.write(built, "assets/main-1a2b.js", "export");
    isRefused();
    BuiltFolder.in(built);
    Files.delete(built.resolve("assets/_b.css"));
    isRefused();
    BuiltFolder.in(built);
    BuiltFolder.write(built, "more.js", "");
    isRefused();
    Files.delete(built.resolve("more.js"));
    Files.delete(built.resolve("build.json"));
    isRefused();
    BuiltFolder.write(built, "build.json", "{");
    isRefused();
  }

  private void isRefused() {
    assertThatExceptionOfType(UnusableClient.class)
        .isThrownBy(this::read)
        .withMessageContaining(built.toString())
        .satisfies(refused -> assertThat(refused.getMessage()).hasLineCount(1));
  }
}
