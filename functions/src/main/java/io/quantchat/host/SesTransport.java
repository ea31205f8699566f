package io.quantchat.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Mail through Amazon SES, by the operation SendEmail of its API v2: SES writes the headers out of
 * what stands in fields of its own, so that no text can add one.
 */
final class SesTransport implements MailTransport {

  private static final String PATH = "/v2/email/outbound-emails";
  private static final int OK = 200;

  private final SignedRequests posts;
  private final URI endpoint;

  /**
   * @param endpoint such as {@code https://email.eu-west-1.amazonaws.com}
   */
  SesTransport(SignedRequests posts, URI endpoint) {
    this.posts = posts;
    this.endpoint = endpoint;
  }

  @Override
  public void submit(String from, Mail mail) {
    byte[] body = body(from, mail).toString().getBytes(StandardCharsets.UTF_8);
    try {
      var answer =
          posts.post(
              "ses", endpoint.resolve(PATH), Map.of("Content-Type", "application/json"), body);
      if (answer.status() != OK) {
        // Its words may hold the address.
        throw new IOException("SES answered " + answer.status());
      }
    } catch (IOException notTaken) {
      throw new UncheckedIOException("A mail couldn't be sent", notTaken);
    }
  }

  private static ObjectNode body(String from, Mail mail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("FromEmailAddress", from);
    body.putObject("Destination").putArray("ToAddresses").add(mail.to());
    ObjectNode simple = body.putObject("Content").putObject("Simple");
    simple.putObject("Subject").put("Data", mail.subject()).put("Charset", "UTF-8");
    simple.putObject("Body").putObject("Text").put("Data", mail.text()).put("Charset", "UTF-8");
    // RFC 3834: no machine answers it.
    simple
        .putArray("Headers")
        .addObject()
        .put("Name", "Auto-Submitted")
        .put("Value", "auto-generated");
    return body;
  }
}
