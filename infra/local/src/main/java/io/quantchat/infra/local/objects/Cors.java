package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.objects.S3Error.Reason;
import io.quantchat.infra.stack.BucketSpec.CorsRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Which pages of other origins may ask, by the bucket's own rules: the Amazon S3 User Guide's
 * "Using cross-origin resource sharing (CORS)". Whoever isn't allowed is answered all the same: it
 * is the browser that keeps the answer from the page.
 */
final class Cors {

  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";
  private static final String ANY = "*";

  private final List<CorsRule> rules;

  Cors(List<CorsRule> rules) {
    this.rules = rules;
  }

  /** What a browser is told that asks before it sends a page's request. */
  S3Answer preflight(HttpFields headers) throws S3Error {
    if (!headers.contains(HttpHeader.ORIGIN)) {
      throw new S3Error(Reason.NO_ORIGIN);
    }
    String method = Optional.ofNullable(headers.get(METHOD)).orElse("OPTIONS");
    if (rules.isEmpty()) {
      throw new S3Error(Reason.CORS_OFF).with("Method", method).with("ResourceType", "BUCKET");
    }
    if (rule("OPTIONS", headers).isEmpty()) {
      throw new S3Error(Reason.CORS_REFUSED).with("Method", method).with("ResourceType", "OBJECT");
    }
    return S3Answer.empty(200);
  }

  /** The headers of the answer to a request of a page's; none if no rule allows it. */
  List<HeaderLine> headers(String method, HttpFields headers) {
    return rule(method, headers).map(rule -> lines(rule, headers)).orElse(List.of());
  }

  private static List<HeaderLine> lines(CorsRule rule, HttpFields headers) {
    List<HeaderLine> lines = new ArrayList<>();
    if (rule.origins().contains(ANY)) {
      lines.add(new HeaderLine("Access-Control-Allow-Origin", ANY));
    } else {
      lines.add(new HeaderLine("Access-Control-Allow-Origin", headers.get(HttpHeader.ORIGIN)));
      lines.add(new HeaderLine("Access-Control-Allow-Credentials", "true"));
    }
    lines.add(new HeaderLine("Access-Control-Allow-Methods", String.join(", ", rule.methods())));
    if (headers.contains(HEADERS)) {
      lines.add(
          new HeaderLine(
              "Access-Control-Allow-Headers", String.join(", ", asked(headers).toList())));
    }
    if (!rule.exposed().isEmpty()) {
      lines.add(new HeaderLine("Access-Control-Expose-Headers", String.join(", ", rule.exposed())));
    }
    rule.maxAge()
        .ifPresent(
            age ->
                lines.add(
                    new HeaderLine("Access-Control-Max-Age", Long.toString(age.toSeconds()))));
    lines.add(
        new HeaderLine(
            "Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"));
    return lines;
  }

  private Optional<CorsRule> rule(String method, HttpFields headers) {
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin == null) {
      return Optional.empty();
    }
    String asked = Optional.ofNullable(headers.get(METHOD)).orElse(method);
    return rules.stream()
        .filter(rule -> rule.methods().contains(asked))
        .filter(rule -> rule.origins().stream().anyMatch(one -> ObjectPolicy.fits(one, origin)))
        .filter(rule -> asked(headers).allMatch(name -> allows(rule, name)))
        .findFirst();
  }

  private static boolean allows(CorsRule rule, String header) {
    return rule.headers().stream()
        .anyMatch(one -> ObjectPolicy.fits(one.toLowerCase(Locale.ROOT), header));
  }

  private static Stream<String> asked(HttpFields headers) {
    return headers.contains(HEADERS)
        ? Stream.of(headers.get(HEADERS).split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
        : Stream.empty();
  }
}
