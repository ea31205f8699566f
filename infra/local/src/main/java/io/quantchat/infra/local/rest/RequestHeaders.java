package io.quantchat.infra.local.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** A request's headers as a function sees them: some dropped, some added, names as sent. */
final class RequestHeaders {

  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "content-length",
          "content-md5",
          "expect",
          "max-forwards",
          "proxy-authenticate",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate");

  private static final Set<String> RESPELLED = Set.of("Authorization", "User-Agent");

  private static final String SIGNATURE = "AWS4-HMAC-SHA256";

  private RequestHeaders() {}

  /** All values of each header, in the order sent, by the name that came first. */
  static Map<String, List<String>> forEvent(HttpFields sent, String sourceIp, Trace trace) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    RESPELLED.stream().filter(sent::contains).forEach(name -> headers.put(name, new ArrayList<>()));
    for (HttpField field : sent) {
      if (!DROPPED.contains(field.getLowerCaseName())) {
        headers
            .computeIfAbsent(field.getName(), name -> new ArrayList<>())
            .add(Optional.ofNullable(field.getValue()).orElse(""));
      }
    }
    headers
        .getOrDefault("Authorization", new ArrayList<>())
        .removeIf(value -> value.startsWith(SIGNATURE));
    headers.values().removeIf(List::isEmpty);
    String forwarded = sent.get("X-Forwarded-For");
    replace(
        headers,
        "X-Forwarded-For",
        forwarded == null || forwarded.isBlank() ? sourceIp : forwarded + ", " + sourceIp);
    replace(headers, "X-Forwarded-Port", "443");
    replace(headers, "X-Forwarded-Proto", "https");
    replace(headers, Trace.HEADER, trace.inEvent());
    return headers;
  }

  private static void replace(Map<String, List<String>> headers, String name, String value) {
    headers.remove(name);
    headers.put(name, List.of(value));
  }

  /** Bytes of all header lines: names, values, colon, space and line end. */
  static long size(HttpFields sent) {
    long size = 0;
    for (HttpField field : sent) {
      size += field.getName().length() + 4;
      size += Optional.ofNullable(field.getValue()).orElse("").length();
    }
    return size;
  }
}
