package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3XmlTest {

  private static byte[] xml(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void partsAreReadAndWhatElseAListHoldsIsLeft() {
    byte[] list =
        xml(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <UploadId>u</UploadId>
              <Owner><ID>o</ID><Size>7</Size></Owner>
              <Part>
                <PartNumber>2</PartNumber><ETag>&quot;e&#34;</ETag>
                <Size>5</Size><ChecksumSHA256>h=</ChecksumSHA256>
              </Part>
              <Part><PartNumber>10</PartNumber><ETag>"f"</ETag><Size>8388608</Size></Part>
            </ListPartsResult>
            """);

    assertThat(S3Xml.partsOf(list))
        .containsExactly(
            new Bucket.Part(2, 5, "\"e\"", "h="), new Bucket.Part(10, 8_388_608, "\"f\"", ""));
    assertThat(S3Xml.textOf("UploadId", list)).contains("u");
    assertThat(S3Xml.errorOf(list)).isEmpty();
  }

  @Test
  void anErrorIsKnownByItsCode() {
    assertThat(S3Xml.errorOf(xml("<?xml version=\"1.0\"?>\n<Error><Code>SlowDown</Code></Error>")))
        .contains("SlowDown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "<a>", "<a></b>", "<Error>", "{}", "<Part/>", "<a/>"})
  void whatIsNoErrorIsNone(String answer) {
    assertThat(S3Xml.errorOf(xml(answer))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "<a><Part></a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a><UploadId>&x;</UploadId></a>"
      })
  void whatIsNotXmlOrReachesOutIsRefused(String answer) {
    assertThatIllegalStateException().isThrownBy(() -> S3Xml.textOf("UploadId", xml(answer)));
  }

  @Test
  void aCompletionNamesEachPartAsS3Did() {
    assertThat(S3Xml.completing(List.of(new Bucket.Part(1, 5, "\"e\"", "h="))))
        .isEqualTo(
            "<CompleteMultipartUpload><Part><ChecksumSHA256>h=</ChecksumSHA256>"
                + "<ETag>&quot;e&quot;</ETag><PartNumber>1</PartNumber></Part>"
                + "</CompleteMultipartUpload>");
  }
}
