package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.gateway.SourceIp;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * A handshake's headers and query, as the events show them.
 *
 * @param headers every value by name, in the client's spelling; looked up without regard to case
 * @param query every value by name, decoded once; empty without a query
 */
record UpgradeRequest(Map<String, List<String>> headers, Map<String, List<String>> query) {

  static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  /** Reads the request and adds what the gateway itself puts into the headers. */
  static UpgradeRequest of(Request request, String traceId) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers
          .computeIfAbsent(field.getName(), _ -> new ArrayList<>())
          .add(value == null ? "" : value);
    }
    headers.computeIfPresent(SUBPROTOCOL, (_, values) -> List.of(String.join(", ", values)));
    headers.putIfAbsent("content-length", List.of("0"));
    headers.put("X-Amzn-Trace-Id", List.of(traceId));
    headers.put("X-Forwarded-For", List.of(SourceIp.of(request)));
    headers.put("X-Forwarded-Port", List.of(String.valueOf(Request.getLocalPort(request))));
    headers.put(
        "X-Forwarded-Proto", List.of(request.getHttpURI().getScheme().toLowerCase(Locale.ROOT)));
    return new UpgradeRequest(headers, query(request.getHttpURI().getQuery()));
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw == null) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** The subprotocols that the client offers, in its order. */
  List<String> subprotocols() {
    return header(SUBPROTOCOL).stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .map(String::trim)
        .filter(offered -> !offered.isEmpty())
        .toList();
  }

  /**
   * Whether an identity source such as {@code route.request.querystring.token} has a value.
   *
   * @throws IllegalArgumentException if the source is of no known kind
   */
  boolean has(IdentitySource source) {
    Map<String, List<String>> values =
        switch (source.place()) {
          case HEADER -> headers;
          case QUERY -> query;
        };
    return values.getOrDefault(source.name(), List.of()).stream().anyMatch(v -> !v.isEmpty());
  }
}
