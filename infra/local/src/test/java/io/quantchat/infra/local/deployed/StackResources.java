package io.quantchat.infra.local.deployed;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a stack is made of, as CloudFormation lists it. */
record StackResources(List<Resource> all) {

  /**
   * One of them.
   *
   * @param physicalName what the service calls it
   * @param type such as {@code AWS::DynamoDB::Table}
   */
  record Resource(String logicalId, String physicalName, String type) {}

  StackResources {
    all = List.copyOf(all);
  }

  /** Reads the answer to {@code DescribeStackResources}. */
  static StackResources parse(String xml) {
    try {
      NodeList members =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getElementsByTagName("LogicalResourceId");
      List<Resource> resources = new ArrayList<>();
      for (int i = 0; i < members.getLength(); i++) {
        Element member = (Element) members.item(i).getParentNode();
        resources.add(
            new Resource(
                text(member, "LogicalResourceId"),
                text(member, "PhysicalResourceId"),
                text(member, "ResourceType")));
      }
      return new StackResources(resources);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("Not a list of resources: " + xml, e);
    }
  }

  /** What the service calls the resource of this logical id. */
  String physicalName(String logicalId) {
    return all.stream()
        .filter(resource -> resource.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The stack has no " + logicalId))
        .physicalName();
  }

  /** What the services call the resources of this type. */
  List<String> physicalNamesOf(String type) {
    return all.stream()
        .filter(resource -> resource.type().equals(type))
        .map(Resource::physicalName)
        .toList();
  }

  private static String text(Element member, String name) {
    return member.getElementsByTagName(name).item(0).getTextContent();
  }
}
