package io.quantchat.infra.local.objects;

import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The ids that S3 gives an answer.
 *
 * @param requestId 16 upper-case hex digits
 * @param hostId base64
 */
record AnswerIds(String requestId, String hostId) {

  static AnswerIds draw(RandomGenerator random) {
    var host = new byte[56];
    random.nextBytes(host);
    return new AnswerIds(
        HexFormat.of().withUpperCase().toHexDigits(random.nextLong()),
        Base64.getEncoder().encodeToString(host));
  }
}
