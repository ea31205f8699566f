package io.quantchat.infra.database;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.util.AwsHeader;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponseMetadata;

/** What the SDK adds to each answer: a request's id, and the status that it would have had. */
final class Answers {

  private static final SdkHttpResponse OK = http(200);
  private static final AtomicLong REQUESTS = new AtomicLong();

  private Answers() {}

  /** A builder with an id and a status. */
  static <B extends DynamoDbResponse.Builder> B ok(B builder) {
    builder.responseMetadata(metadata(requestId()));
    builder.sdkHttpResponse(OK);
    return builder;
  }

  /** An id that this process has not given before. */
  static String requestId() {
    return "EMBEDDED" + REQUESTS.incrementAndGet();
  }

  static SdkHttpResponse http(int status) {
    return SdkHttpResponse.builder().statusCode(status).build();
  }

  private static DynamoDbResponseMetadata metadata(String requestId) {
    AwsResponseMetadata metadata =
        DefaultAwsResponseMetadata.create(Map.of(AwsHeader.AWS_REQUEST_ID, requestId));
    return DynamoDbResponseMetadata.create(metadata);
  }
}
