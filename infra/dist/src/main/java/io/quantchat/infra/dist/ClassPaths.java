package io.quantchat.infra.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the programs run on, as the build has written it down. */
final class ClassPaths {

  /**
   * A program.
   *
   * @param name of the file that lists its jars
   * @param jar its own, in the project
   * @param listed the file that names the others
   */
  private record Program(String name, String jar, String listed) {}

  private static final List<Program> PROGRAMS =
      List.of(
          new Program(
              "backend",
              "infra/local/target/quantchat-local.jar",
              "infra/local/target/class-path.txt"),
          new Program(
              "demo", "infra/demo/target/quantchat-demo.jar", "infra/demo/target/class-path.txt"),
          new Program("client", "cli/target/quantchat-cli.jar", "cli/target/class-path.txt"));

  /** Each program's jars, in order, by its name. */
  static Map<String, List<Path>> read(Path root) throws IOException, DistException {
    Map<String, List<Path>> all = new LinkedHashMap<>();
    for (Program program : PROGRAMS) {
      Path listed = root.resolve(program.listed());
      if (!Files.isRegularFile(listed)) {
        throw new DistException("%s isn't there: it was not built.".formatted(listed));
      }
      List<Path> jars = new ArrayList<>();
      jars.add(root.resolve(program.jar()));
      for (String jar : Files.readString(listed).strip().split(File.pathSeparator, -1)) {
        jars.add(Path.of(jar));
      }
      all.put(program.name(), jars);
    }
    return all;
  }

  private ClassPaths() {}
}
