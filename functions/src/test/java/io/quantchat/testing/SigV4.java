package io.quantchat.testing;

import io.quantchat.host.Sha256;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of Signature Version 4 as S3 checks them (Amazon S3 User Guide, "Authenticating
 * Requests"), made here by its text and not by the SDK that signed.
 *
 * @param method such as {@code GET}
 * @param uri as it was asked for
 * @param headers by name in lower case
 * @param signedHeaders names, in lower case and sorted
 * @param payloadHash hexadecimal, or {@code UNSIGNED-PAYLOAD}
 * @param scope date, region and service, such as {@code 20130524/us-east-1/s3/aws4_request}
 * @param time such as {@code 20130524T000000Z}
 */
record SigV4(
    String method,
    URI uri,
    Map<String, String> headers,
    List<String> signedHeaders,
    String payloadHash,
    String scope,
    String time) {

  static final String SIGNATURE = "X-Amz-Signature";

  String signature(String secret) {
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(Sha256.of(canonicalRequest())));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return hex(hmac(key, toSign));
  }

  private String canonicalRequest() {
    return String.join(
        "\n",
        method,
        uri.getRawPath(),
        query(uri).entrySet().stream()
            .filter(one -> !one.getKey().equals(SIGNATURE))
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .sorted()
            .collect(Collectors.joining("&")),
        signedHeaders.stream()
            .map(name -> name + ":" + headers.get(name).strip() + "\n")
            .collect(Collectors.joining()),
        String.join(";", signedHeaders),
        payloadHash);
  }

  /** The parameters of a query, decoded; none twice. */
  static Map<String, String> query(URI uri) {
    return uri.getRawQuery() == null
        ? Map.of()
        : Arrays.stream(uri.getRawQuery().split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> decoded(pair[0]), pair -> pair.length == 2 ? decoded(pair[1]) : ""));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
