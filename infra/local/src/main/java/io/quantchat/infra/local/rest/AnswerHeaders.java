package io.quantchat.infra.local.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.MalformedAnswer;
import io.quantchat.infra.local.gateway.ProxyAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A function's headers as they go out: {@code multiValueHeaders} and {@code headers} merged, some
 * renamed, some dropped.
 */
final class AnswerHeaders {

  private static final Set<String> REMAPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-md5",
          "date",
          "max-forwards",
          "server",
          "user-agent",
          "www-authenticate");

  private static final Set<String> DROPPED =
      Set.of(
          "expect",
          "host",
          "proxy-authenticate",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          // The gateway's own.
          "x-amz-apigw-id",
          "x-amzn-requestid",
          "x-amzn-trace-id");

  /** A field name of RFC 9110. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Characters that would end the line and begin another. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

  private AnswerHeaders() {}

  /** The multi values come first, then the single one; of two spellings the multi values' wins. */
  static List<HeaderLine> of(ProxyAnswer answer) throws MalformedAnswer {
    Map<String, List<String>> merged = new LinkedHashMap<>();
    Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonNode> entry : answer.multiValueHeaders().properties()) {
      if (!entry.getValue().isArray()) {
        throw new MalformedAnswer("multiValueHeaders holds something besides lists");
      }
      for (JsonNode value : entry.getValue()) {
        String text = text(entry.getKey(), value);
        values(merged, spelling, entry.getKey()).add(text);
      }
    }
    for (Map.Entry<String, JsonNode> entry : answer.headers().properties()) {
      String text = text(entry.getKey(), entry.getValue());
      List<String> values = values(merged, spelling, entry.getKey());
      if (!values.contains(text)) {
        values.add(text);
      }
    }
    List<HeaderLine> lines = new ArrayList<>();
    merged.forEach(
        (name, values) -> {
          if (!DROPPED.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> lines.add(new HeaderLine(sent(name), value)));
          }
        });
    return lines;
  }

  private static String text(String name, JsonNode value) throws MalformedAnswer {
    if (!value.isTextual() && !value.isBoolean()) {
      throw new MalformedAnswer("a header's value is neither string nor boolean");
    }
    String text = value.asText();
    if (!NAME.matcher(name).matches() || CONTROL.matcher(text).find()) {
      throw new MalformedAnswer("a header's name or value has characters that HTTP forbids");
    }
    return text;
  }

  private static List<String> values(
      Map<String, List<String>> merged, Map<String, String> spelling, String name) {
    return merged.computeIfAbsent(
        spelling.computeIfAbsent(name, first -> first), first -> new ArrayList<>());
  }

  private static String sent(String name) {
    return REMAPPED.contains(name.toLowerCase(Locale.ROOT)) ? "x-amzn-Remapped-" + name : name;
  }
}
