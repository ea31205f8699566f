package io.quantchat.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets of a template: what they keep for how long, for whom, and how functions find them. */
class BucketsTest {

  private static final String HEAD =
      """
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Origin: {Type: String, Default: "*"}
      Resources:
        Api: {Type: AWS::Serverless::Api, Properties: {StageName: live}}
        Sockets:
          Type: AWS::Serverless::WebSocketApi
          Properties:
            StageName: live
            RouteSelectionExpression: $request.body.type
            Routes: {$default: {FunctionArn: !Ref Worker.Alias, IntegrationTimeout: 5000}}
        Worker:
          Type: AWS::Serverless::Function
          Properties:
            Handler: example.Worker::handleRequest
            Runtime: java25
            AutoPublishAlias: live
            Role: !GetAtt Role.Arn
            Environment:
              Variables:
                NAME: !Ref MediaBucket
                URL: !Sub https://${MediaBucket}.s3.${AWS::Region}.${AWS::URLSuffix}
                BY_DOMAIN: !Sub https://${MediaBucket.RegionalDomainName}/x
        Role:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyDocument:
                  Statement:
                    - {Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${MediaBucket.Arn}/media/*"}
        Closed: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref MediaBucket}}
      """;

  private static final String BUCKET =
      """
        MediaBucket:
          Type: AWS::S3::Bucket
          Properties:
            PublicAccessBlockConfiguration: {BlockPublicAcls: true}
            LifecycleConfiguration:
              Rules:
                - {Id: old, Status: Enabled, Prefix: media/, ExpirationInDays: 7}
                - {Status: Enabled, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 1}}
                - {Status: Disabled, ExpirationInDays: 2}
            CorsConfiguration:
              CorsRules:
                - AllowedOrigins: [!Ref Origin]
                  AllowedMethods: [GET, PUT]
                  AllowedHeaders: ["*"]
                  ExposedHeaders: [ETag]
                  MaxAge: 600
      """;

  @TempDir Path folder;

  @Test
  void aBucketKeepsWhatTheTemplateSays() throws IOException {
    BucketSpec bucket = resolve(HEAD + BUCKET, Map.of()).buckets().get("MediaBucket");

    assertThat(bucket)
        .isEqualTo(
            new BucketSpec(
                "MediaBucket",
                "shop-media",
                List.of(
                    new BucketSpec.LifecycleRule(
                        "media/", Optional.of(Duration.ofDays(7)), Optional.empty()),
                    new BucketSpec.LifecycleRule(
                        "", Optional.empty(), Optional.of(Duration.ofDays(1)))),
                List.of(
                    new BucketSpec.CorsRule(
                        List.of("*"),
                        List.of("GET", "PUT"),
                        List.of("*"),
                        List.of("ETag"),
                        Optional.of(Duration.ofMinutes(10))))));
  }

  @Test
  void aPageOfTheOriginAskedForIsLetIn() throws IOException {
    Stack stack = resolve(HEAD + BUCKET, Map.of("Origin", "https://chat.example"));

    assertThat(stack.buckets().get("MediaBucket").cors().getFirst().origins())
        .containsExactly("https://chat.example");
  }

  @Test
  void functionsFindABucketBelowAPathOfTheirOwnHost() throws IOException {
    Stack stack = resolve(HEAD + BUCKET, Map.of());

    assertThat(stack.functions().get("Worker").environment())
        .containsEntry("NAME", "shop-media")
        .containsEntry("URL", "/shop-media")
        .containsEntry("BY_DOMAIN", "/shop-media/x");
    assertThat(stack.permissions().get("Worker"))
        .containsExactly(new Permission("s3:GetObject", "arn:aws:s3:::shop-media/media/*"));
  }

  @Test
  void aBucketMayHaveANameOfItsOwn() throws IOException {
    Stack stack =
        resolve(
            HEAD
                + "  MediaBucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub"
                + " \"${AWS::AccountId}-files\"}}\n",
            Map.of());

    assertThat(stack.buckets().get("MediaBucket").name()).isEqualTo("111122223333-files");
    assertThat(stack.functions().get("Worker").environment())
        .containsEntry("URL", "/111122223333-files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VersioningConfiguration: {Status: Enabled} | VersioningConfiguration is not supported
          LifecycleConfiguration: {Rules: [{Status: On, ExpirationInDays: 1}]} | Status must be Enabled or Disabled
          LifecycleConfiguration: {Rules: [{Status: Enabled}]} | ends nothing
          LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 0}]} | must be at least 1
          LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 1, TagFilters: []}]} | TagFilters is not supported
          CorsConfiguration: {CorsRules: [{AllowedMethods: [GET]}]} | must not be empty
          """)
  void whatIsntKeptHereIsRefused(String property, String told) {
    String bucket = "  MediaBucket: {Type: AWS::S3::Bucket, Properties: {" + property + "}}\n";

    assertThatThrownBy(() -> resolve(HEAD + bucket, Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Resource MediaBucket")
        .hasMessageContaining(told);
  }

  private Stack resolve(String template, Map<String, String> parameters) throws IOException {
    Path file = Files.writeString(folder.resolve("template.yaml"), template);
    return Template.read(file)
        .resolve(
            new Deployment(
                "eu-west-1", "111122223333", "shop", parameters, "ws://here", "http://here"));
  }
}
