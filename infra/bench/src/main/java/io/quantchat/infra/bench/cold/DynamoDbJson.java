package io.quantchat.infra.bench.cold;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ClientEndpointProvider;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.client.config.SdkClientConfiguration;
import software.amazon.awssdk.core.client.config.SdkClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.protocols.json.AwsJsonProtocol;
import software.amazon.awssdk.protocols.json.AwsJsonProtocolFactory;
import software.amazon.awssdk.protocols.json.JsonOperationMetadata;

/**
 * DynamoDB's JSON, read and written from the server's side by what the SDK reads and writes it with
 * from the client's: the two directions have one form.
 */
final class DynamoDbJson {

  private static final JsonOperationMetadata PLAIN =
      JsonOperationMetadata.builder()
          .isPayloadJson(true)
          .hasStreamingSuccessResponse(false)
          .build();
  private static final OperationInfo POST =
      OperationInfo.builder()
          .requestUri("/")
          .httpMethod(SdkHttpMethod.POST)
          .hasExplicitPayloadMember(false)
          .hasPayloadMembers(true)
          .build();

  private final AwsJsonProtocolFactory protocol =
      AwsJsonProtocolFactory.builder()
          .clientConfiguration(
              SdkClientConfiguration.builder()
                  .option(
                      SdkClientOption.CLIENT_ENDPOINT_PROVIDER,
                      ClientEndpointProvider.forEndpointOverride(URI.create("http://localhost")))
                  .build())
          .protocol(AwsJsonProtocol.AWS_JSON)
          .protocolVersion("1.0")
          .build();

  /**
   * A request, from its JSON.
   *
   * @param kind makes a builder of that kind of request
   */
  Object read(byte[] json, Supplier<SdkPojo> kind) throws IOException {
    SdkHttpFullResponse response =
        SdkHttpFullResponse.builder()
            .statusCode(200)
            .putHeader("Content-Length", Integer.toString(json.length))
            .content(AbortableInputStream.create(new ByteArrayInputStream(json)))
            .build();
    try {
      return protocol
          .<SdkPojo>createResponseHandler(PLAIN, kind)
          .handle(response, ExecutionAttributes.builder().build());
    } catch (IOException | RuntimeException unread) {
      throw unread;
    } catch (Exception unread) {
      throw new IOException(unread);
    }
  }

  /** The JSON of an answer, or of a part of one. */
  byte[] write(SdkPojo answer) throws IOException {
    try (InputStream body =
        protocol
            .createProtocolMarshaller(POST)
            .marshall(answer)
            .contentStreamProvider()
            .orElseThrow()
            .newStream()) {
      return body.readAllBytes();
    }
  }
}
