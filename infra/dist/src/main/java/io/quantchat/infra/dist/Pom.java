package io.quantchat.infra.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A pom in Maven's repository, and its parents, which it inherits from. */
final class Pom {

  private static final int MOST_PARENTS = 20;

  private final Path file;
  private final Element project;

  private Pom(Path file, Element project) {
    this.file = file;
    this.project = project;
  }

  static Pom read(Path file) throws DistException {
    if (!Files.isRegularFile(file)) {
      throw new DistException("There is no %s, which would tell a licence.".formatted(file));
    }
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Pom(file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (SAXException | IOException e) {
      throw new DistException("%s can't be read: %s".formatted(file, e.getMessage()));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Every JDK reads XML safely", e);
    }
  }

  String group() throws DistException {
    return own("groupId");
  }

  String artifact() throws DistException {
    return own("artifactId");
  }

  String version() throws DistException {
    return own("version");
  }

  private String own(String name) throws DistException {
    return text(project, name)
        .or(() -> child(project, "parent").flatMap(parent -> text(parent, name)))
        .orElseThrow(() -> new DistException("%s has no %s.".formatted(file, name)));
  }

  /** The names of its licences; its nearest parent's that has some, if it has none. */
  List<String> licences() throws DistException {
    Pom pom = this;
    for (int i = 0; i < MOST_PARENTS; i++) {
      List<String> names = pom.ownLicences();
      Optional<Path> parent = pom.parent();
      if (!names.isEmpty() || parent.isEmpty()) {
        return names;
      }
      pom = read(parent.get());
    }
    throw new DistException("%s has too many parents.".formatted(file));
  }

  private List<String> ownLicences() {
    List<String> names = new ArrayList<>();
    child(project, "licenses")
        .ifPresent(
            all -> {
              for (Node node = all.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element licence) {
                  text(licence, "name").ifPresent(names::add);
                }
              }
            });
    return names;
  }

  /** Where the parent's pom lies in the same repository. */
  private Optional<Path> parent() throws DistException {
    Optional<Element> parent = child(project, "parent");
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    String group = text(parent.get(), "groupId").orElse("");
    String artifact = text(parent.get(), "artifactId").orElse("");
    String version = text(parent.get(), "version").orElse("");
    return Optional.of(
        repository()
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".pom"));
  }

  /** Above the folders of the group, the artifact and the version. */
  private Path repository() throws DistException {
    Path folder = file.toAbsolutePath().getParent();
    int above = group().split("\\.", -1).length + 2;
    for (int i = 0; i < above; i++) {
      folder = folder.getParent();
      if (folder == null) {
        throw new DistException("%s isn't in a Maven repository.".formatted(file));
      }
    }
    return folder;
  }

  private static Optional<Element> child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Element parent, String name) {
    return child(parent, name).map(element -> element.getTextContent().strip());
  }
}
