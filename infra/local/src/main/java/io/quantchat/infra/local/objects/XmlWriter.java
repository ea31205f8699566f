package io.quantchat.infra.local.objects;

import java.nio.charset.StandardCharsets;

/** Writes the few elements that answers are made of. */
final class XmlWriter {

  static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final StringBuilder xml =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  XmlWriter open(String name) {
    xml.append('<').append(name).append('>');
    return this;
  }

  /** Opens the outermost element of an answer that isn't an error. */
  XmlWriter openResult(String name) {
    xml.append('<').append(name).append(" xmlns=\"").append(NAMESPACE).append("\">");
    return this;
  }

  XmlWriter close(String name) {
    xml.append("</").append(name).append('>');
    return this;
  }

  XmlWriter text(String name, Object value) {
    open(name);
    value.toString().codePoints().forEach(this::escape);
    return close(name);
  }

  /** What XML can't hold (XML 1.0, 2.2 "Characters") becomes the replacement character. */
  private void escape(int point) {
    switch (point) {
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '&' -> xml.append("&amp;");
      case '"' -> xml.append("&quot;");
      default -> {
        boolean isText =
            point >= ' ' && !(point >= 0xD800 && point <= 0xDFFF) && (point & 0xFFFE) != 0xFFFE;
        xml.appendCodePoint(isText ? point : 0xFFFD);
      }
    }
  }

  byte[] bytes() {
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }
}
