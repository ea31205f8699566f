package io.quantchat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigV4Test {

  /** Amazon S3 User Guide, "Authenticating Requests: Using Query Parameters", its example. */
  @Test
  void thePublishedExampleComesOut() {
    var presigned =
        new SigV4(
            "GET",
            URI.create(
                "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                    + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3"
                    + "%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
                    + "&X-Amz-SignedHeaders=host"),
            Map.of("host", "examplebucket.s3.amazonaws.com"),
            List.of("host"),
            "UNSIGNED-PAYLOAD",
            "20130524/us-east-1/s3/aws4_request",
            "20130524T000000Z");

    assertThat(presigned.signature("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
        .isEqualTo("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  }
}
