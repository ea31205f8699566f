package io.quantchat.infra.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** CloudFormation's YAML, with the short forms of its intrinsic functions made long. */
final class TemplateYaml {
  private TemplateYaml() {}

  static Map<String, Object> read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(reader, file.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("The template " + file + " can't be read: " + e, e);
    }
  }

  private static Map<String, Object> read(Reader reader, String name) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions dumper = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new IntrinsicConstructor(options),
            new Representer(dumper),
            dumper,
            options,
            new DatesAreText());
    try {
      return Nodes.map(yaml.load(reader), name);
    } catch (YAMLException e) {
      throw new TemplateException(
          name + " is no YAML that CloudFormation takes: " + e.getMessage(), e);
    }
  }

  /** {@code !Ref x} becomes {@code {Ref: x}}, {@code !Sub x} becomes {@code {Fn::Sub: x}}. */
  private static final class IntrinsicConstructor extends SafeConstructor {
    IntrinsicConstructor(LoaderOptions options) {
      super(options);
      yamlMultiConstructors.put("!", new LongForm());
    }

    private final class LongForm extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String tag = node.getTag().getValue().substring(1);
        String name = tag.equals("Ref") || tag.equals("Condition") ? tag : "Fn::" + tag;
        return Map.of(name, argument(node));
      }

      private Object argument(Node node) {
        return switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode sequence -> List.copyOf(constructSequence(sequence));
          case MappingNode mapping -> constructMapping(mapping);
          default -> throw new TemplateException("Unknown YAML at" + node.getStartMark());
        };
      }
    }
  }

  /** CloudFormation reads {@code 2012-10-17} as text. */
  private static final class DatesAreText extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, regexp, first, limit);
      }
    }
  }
}
