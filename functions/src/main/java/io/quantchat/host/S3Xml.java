package io.quantchat.host;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The XML that S3 and its callers tell each other, as far as a {@link Bucket} needs it. */
final class S3Xml {

  private static final String PART = "Part";

  private S3Xml() {}

  /** The code of an error, such as {@code NoSuchUpload}; nothing if this is none. */
  static Optional<String> errorOf(byte[] xml) {
    try {
      return read(xml).filter(root -> root.name().equals("Error")).map(root -> root.text("Code"));
    } catch (XMLStreamException none) {
      return Optional.empty();
    }
  }

  /** The text of an element under the root. */
  static Optional<String> textOf(String name, byte[] xml) {
    return wellFormed(xml).map(root -> root.texts().get(name));
  }

  /** The parts that a list names. */
  static List<Bucket.Part> partsOf(byte[] xml) {
    return wellFormed(xml).map(Root::parts).orElse(List.of()).stream()
        .map(
            part ->
                new Bucket.Part(
                    Integer.parseInt(part.get("PartNumber")),
                    Long.parseLong(part.get("Size")),
                    part.get("ETag"),
                    part.getOrDefault("ChecksumSHA256", "")))
        .toList();
  }

  /** What an upload is completed with. */
  static String completing(List<Bucket.Part> parts) {
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    for (Bucket.Part part : parts) {
      xml.append("<Part><ChecksumSHA256>")
          .append(part.sha256())
          .append("</ChecksumSHA256><ETag>")
          .append(part.etag().replace("\"", "&quot;"))
          .append("</ETag><PartNumber>")
          .append(part.number())
          .append("</PartNumber></Part>");
    }
    return xml.append("</CompleteMultipartUpload>").toString();
  }

  /**
   * @param texts of the elements right under the root
   * @param parts of the elements {@code Part}: each one's texts
   */
  private record Root(String name, Map<String, String> texts, List<Map<String, String>> parts) {
    String text(String element) {
      return texts.getOrDefault(element, "");
    }
  }

  private static Optional<Root> wellFormed(byte[] xml) {
    try {
      return read(xml);
    } catch (XMLStreamException malformed) {
      throw new IllegalStateException("S3's answer is no XML", malformed);
    }
  }

  private static Optional<Root> read(byte[] xml) throws XMLStreamException {
    if (xml.length == 0) {
      return Optional.empty();
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    Root root = null;
    var parents = new ArrayList<Map<String, String>>();
    String element = "";
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          element = reader.getLocalName();
          if (root == null) {
            root = new Root(element, new HashMap<>(), new ArrayList<>());
            parents.add(root.texts());
          } else {
            parents.add(parents.size() == 1 && element.equals(PART) ? part(root) : new HashMap<>());
          }
        }
        case XMLStreamConstants.CHARACTERS -> {
          if (parents.size() > 1) {
            parents.get(parents.size() - 2).merge(element, reader.getText(), String::concat);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          parents.removeLast();
          element = "";
        }
        default -> {}
      }
    }
    return Optional.ofNullable(root);
  }

  private static Map<String, String> part(Root root) {
    var part = new HashMap<String, String>();
    root.parts().add(part);
    return part;
  }
}
