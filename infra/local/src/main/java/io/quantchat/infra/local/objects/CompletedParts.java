package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.S3Error.Reason;
import io.quantchat.infra.local.objects.UploadStore.CompletedPart;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the body of CompleteMultipartUpload. It can refer to nothing outside of itself. */
final class CompletedParts {

  private static final String ROOT = "CompleteMultipartUpload";
  private static final String PART = "Part";

  private CompletedParts() {}

  static List<CompletedPart> read(byte[] xml) throws S3Error {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<CompletedPart> parts = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      if (reader.nextTag() != XMLStreamConstants.START_ELEMENT
          || !reader.getLocalName().equals(ROOT)) {
        throw new S3Error(Reason.MALFORMED_XML);
      }
      while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
        parts.add(part(reader));
      }
    } catch (XMLStreamException | IllegalArgumentException malformed) {
      throw new S3Error(Reason.MALFORMED_XML);
    }
    if (parts.isEmpty()) {
      throw new S3Error(Reason.NO_PARTS);
    }
    return parts;
  }

  private static CompletedPart part(XMLStreamReader reader) throws XMLStreamException {
    if (!reader.getLocalName().equals(PART)) {
      throw new XMLStreamException(reader.getLocalName());
    }
    Map<String, String> values = new HashMap<>();
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      values.put(reader.getLocalName(), reader.getElementText().strip());
    }
    if (!values.containsKey("ETag")) {
      throw new XMLStreamException("no ETag");
    }
    return new CompletedPart(
        Integer.parseInt(values.getOrDefault("PartNumber", "")),
        values.get("ETag").replace("\"", ""),
        values.getOrDefault("ChecksumSHA256", ""));
  }
}
