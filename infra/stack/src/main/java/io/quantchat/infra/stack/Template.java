package io.quantchat.infra.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A CloudFormation template with the SAM transform, as far as it can be run on one machine.
 *
 * <p>Whatever isn't understood is refused by name, never passed over in silence; what is knowingly
 * passed over stands in {@link PassedOver} and in each reader's list of properties without effect.
 */
public final class Template {
  private static final String SAM = "AWS::Serverless-2016-10-31";
  private static final Set<String> HONOURED =
      Set.of("Conditions", "Globals", "Outputs", "Parameters", "Resources", "Transform");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("AWSTemplateFormatVersion", "Description", "Metadata", "Rules");

  private final Properties sections;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  private Template(Properties sections) {
    this.sections = sections;
    sections.allow(HONOURED, WITHOUT_EFFECT);
    if (!sections.optionalText("Transform").orElse(SAM).equals(SAM)) {
      throw sections.refusal("Transform", "must be " + SAM);
    }
    Globals globals = new Globals(sections.child("Globals").values());
    sections
        .child("Resources")
        .values()
        .forEach((id, node) -> resources.put(id, Resource.of(id, node, globals)));
  }

  /**
   * @throws TemplateException if it holds a kind of resource that is unknown here
   * @throws java.io.UncheckedIOException if it can't be read
   */
  public static Template read(Path file) {
    return new Template(Properties.of("Template " + file.getFileName(), TemplateYaml.read(file)));
  }

  /** The names of its parameters. */
  public Set<String> parameters() {
    return Set.copyOf(sections.child("Parameters").values().keySet());
  }

  /**
   * @throws TemplateException if a reference leads nowhere, or a property isn't understood
   */
  public Stack resolve(Deployment deployment) {
    return new Resolution(sections, resources, deployment).stack();
  }
}
