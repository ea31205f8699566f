package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.signing.CanonicalRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters in a query.
 *
 * @param sent the query as sent, or null
 * @param values decoded; of a name that is there twice, the first
 */
record QueryParameters(String sent, Map<String, String> values) {

  static QueryParameters of(String sent) throws S3Error {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (String pair : sent == null || sent.isEmpty() ? new String[0] : sent.split("&", -1)) {
        int equals = pair.indexOf('=');
        values.putIfAbsent(
            CanonicalRequest.decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : CanonicalRequest.decode(pair.substring(equals + 1)));
      }
    } catch (IllegalArgumentException malformed) {
      throw new S3Error(S3Error.Reason.INVALID_URI);
    }
    return new QueryParameters(sent, values);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Set<String> names() {
    return values.keySet();
  }

  /** Never the query: a signature in it is a secret for as long as it is good. */
  @Override
  public String toString() {
    return "QueryParameters" + names();
  }
}
