package io.quantchat.infra.local.socket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request as Signature Version 4 sees it.
 *
 * @param method in upper case
 * @param path as sent, still percent-encoded
 * @param query as sent, null if there is none
 * @param headers as sent
 * @param body as sent
 */
record SignedRequest(String method, String path, String query, HttpFields headers, byte[] body) {

  private static final Pattern SPACES = Pattern.compile(" +");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED = "-._~";

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The canonical request. Outside S3 the path is encoded once more than it was sent. */
  String canonical(List<String> signedHeaders, String bodyHash) {
    StringBuilder text = new StringBuilder(256);
    text.append(method).append('\n');
    text.append(encode(path, true)).append('\n');
    text.append(canonicalQuery()).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':').append(value(name)).append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return text.append(bodyHash).toString();
  }

  private String value(String name) {
    List<String> values = headers.getValuesList(name);
    return String.join(
        ",", values.stream().map(v -> SPACES.matcher(v.trim()).replaceAll(" ")).toList());
  }

  private String canonicalQuery() {
    if (query == null || query.isEmpty()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.add(encode(decode(name), false) + "=" + encode(decode(value), false));
    }
    Collections.sort(pairs);
    return String.join("&", pairs);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text, boolean keepSlash) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean alphanumeric =
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (alphanumeric || UNRESERVED.indexOf(c) >= 0 || (keepSlash && c == '/')) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
