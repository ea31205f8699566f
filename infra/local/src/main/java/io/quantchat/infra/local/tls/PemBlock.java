package io.quantchat.infra.local.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between two lines of a PEM file (RFC 7468). Text outside of them means nothing.
 *
 * @param label such as {@code CERTIFICATE}
 * @param text the lines between, as they are
 */
record PemBlock(String label, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----\\R(.*?)-----END \\1-----", Pattern.DOTALL);

  static List<PemBlock> parse(String file) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(file);
    while (block.find()) {
      blocks.add(new PemBlock(block.group(1), block.group(2)));
    }
    return blocks;
  }

  /** Whether it is encrypted as OpenSSL did before there was PKCS#8 (RFC 1421, 4.6.1.1). */
  boolean isEncryptedTraditionally() {
    return text.contains("Proc-Type:") && text.contains("ENCRYPTED");
  }

  /**
   * The bytes that the text stands for.
   *
   * @throws IllegalArgumentException if it isn't Base64
   */
  byte[] bytes() {
    return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
  }
}
