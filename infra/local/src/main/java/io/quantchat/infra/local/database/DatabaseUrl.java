package io.quantchat.infra.local.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a database answers that speaks DynamoDB's protocol, such as AWS's own or LocalStack's. */
public record DatabaseUrl(URI url) {

  /** AWS General Reference, "DynamoDB endpoints and quotas"; dual-stack ones too. */
  private static final Pattern OF_AWS =
      Pattern.compile(
          "dynamodb(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");

  /** Why a typed text is refused; it isn't repeated, since it may hold a secret. */
  public static final class NotUsableException extends Exception {
    NotUsableException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * The URL that somebody typed.
   *
   * @throws NotUsableException if no database can be there; the message goes on from the option's
   *     name
   */
  public static DatabaseUrl parse(String typed) throws NotUsableException {
    if (typed.contains("@")) {
      throw new NotUsableException(
          "takes no user and password in its URL: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
              + " or AWS_PROFILE, instead.");
    }
    URI url;
    try {
      url = new URI(typed.replaceFirst("/+$", ""));
    } catch (URISyntaxException noUrl) {
      throw notAnUrl();
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getPort() > 65_535) {
      throw notAnUrl();
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new NotUsableException("needs a URL without ? and #.");
    }
    return new DatabaseUrl(url);
  }

  private static NotUsableException notAnUrl() {
    return new NotUsableException(
        "needs 'embedded' or a URL such as https://dynamodb.eu-west-1.amazonaws.com or"
            + " http://localhost:8000.");
  }

  /** The region that the host's name says, where it is one of AWS's. */
  Optional<String> region() {
    Matcher host = OF_AWS.matcher(url.getHost());
    return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
