package io.quantchat.infra.dist;

import java.nio.file.Path;
import java.util.List;

/**
 * A jar from Maven's repository.
 *
 * @param jar where it lies
 * @param names of its licences, as its pom or a parent's has them: any of them may be chosen
 */
record Library(String group, String artifact, String version, Path jar, List<String> names) {

  Library {
    names = List.copyOf(names);
  }

  String coordinates() {
    return group + ":" + artifact + ":" + version;
  }

  /** Reads what a jar is from the pom beside it. */
  static Library of(Path jar) throws DistException {
    Path file = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".pom"));
    Pom pom = Pom.read(file);
    return new Library(pom.group(), pom.artifact(), pom.version(), jar, pom.licences());
  }

  /**
   * The licence that it is passed on by.
   *
   * @throws DistException if none of its licences is known to allow that
   */
  Licence licence() throws DistException {
    // DynamoDB Local's licence forbids it, whatever a pom may say.
    if (group.equals("software.amazon.dynamodb")
        || artifact.regionMatches(true, 0, "DynamoDBLocal", 0, "DynamoDBLocal".length())) {
      throw new DistException(
          "%s may not be passed on: it must not be among what is packed.".formatted(coordinates()));
    }
    for (String name : names) {
      if (Licence.named(name).isPresent()) {
        return Licence.named(name).get();
      }
    }
    throw new DistException(
        "The licence of %s (%s) isn't one that is known to allow passing it on: look at it, and add it to Licence, or do without the library."
            .formatted(
                coordinates(), names.isEmpty() ? "none is named" : String.join(", ", names)));
  }
}
