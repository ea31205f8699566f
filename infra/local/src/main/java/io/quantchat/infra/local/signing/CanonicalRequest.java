package io.quantchat.infra.local.signing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request in the form that Signature Version 4 hashes: step 1 of the IAM User Guide's "Create a
 * signed AWS API request".
 *
 * @param method in upper case
 * @param path as sent, still percent-encoded
 * @param query as sent, null if there is none
 * @param headers as sent
 */
public record CanonicalRequest(String method, String path, String query, HttpFields headers) {

  /** How often the path is percent-encoded. */
  public enum PathEncoding {
    /** Once, as S3 has it. */
    ONCE,
    /** Once more than it was sent, as everywhere else. */
    TWICE
  }

  private static final String SIGNATURE = "X-Amz-Signature=";
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED = "-._~";

  /**
   * The canonical form.
   *
   * @throws IllegalArgumentException if path or query are not percent-encoded well
   */
  public String text(List<String> signedHeaders, String payloadHash, PathEncoding encoding) {
    String whole = encoding == PathEncoding.ONCE ? decode(path) : path;
    StringBuilder text = new StringBuilder(256);
    text.append(method).append('\n');
    text.append(encode(whole, true)).append('\n');
    text.append(canonicalQuery()).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':').append(value(name)).append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return text.append(payloadHash).toString();
  }

  private String value(String name) {
    List<String> values = headers.getValuesList(name);
    return String.join(
        ",", values.stream().map(v -> SPACES.matcher(v.trim()).replaceAll(" ")).toList());
  }

  /** Without a signature that stands in the query itself. */
  private String canonicalQuery() {
    if (query == null || query.isEmpty()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(SIGNATURE)) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.add(encode(decode(name), false) + "=" + encode(decode(value), false));
    }
    Collections.sort(pairs);
    return String.join("&", pairs);
  }

  /**
   * Undoes percent-encoding.
   *
   * @throws IllegalArgumentException if a percent sign is followed by no byte
   */
  public static String decode(String text) {
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
