package io.quantchat.infra.stack;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of resources that mean nothing on one machine, and why. Any other kind is refused. */
enum PassedOver {
  ALARMS("AWS::CloudWatch::", "nobody watches metrics here"),
  LOGS("AWS::Logs::LogGroup", "logs go to stderr"),
  TOPICS("AWS::SNS::Topic", "alarms have nobody to tell here"),
  SUBSCRIPTIONS("AWS::SNS::Subscription", "alarms have nobody to tell here"),
  TOPIC_POLICIES("AWS::SNS::TopicPolicy", "alarms have nobody to tell here"),
  KEYS("AWS::KMS::Key", "what it encrypts is passed over, too"),
  DEPLOYMENTS("AWS::CodeDeploy::", "a new version replaces the old one by a restart"),
  ROLES("AWS::IAM::", "functions run with the rights of whoever starts them"),
  FIREWALLS("AWS::WAFv2::", "only this machine calls"),
  NAMES("AWS::Route53::", "the name is localhost"),
  CERTIFICATES("AWS::CertificateManager::Certificate", "there is no TLS on loopback"),
  GATEWAY_LOGS("AWS::ApiGateway::Account", "it lets the gateway write logs of its own"),
  REST_DOMAINS("AWS::ApiGateway::DomainName", "the name is localhost"),
  REST_MAPPINGS("AWS::ApiGateway::BasePathMapping", "the name is localhost"),
  SOCKET_DOMAINS("AWS::ApiGatewayV2::DomainName", "the name is localhost"),
  SOCKET_MAPPINGS("AWS::ApiGatewayV2::ApiMapping", "the name is localhost"),
  BUCKETS("AWS::S3::Bucket", "the runner keeps objects by itself"),
  BUCKET_POLICIES("AWS::S3::BucketPolicy", "the runner keeps objects by itself"),
  PERMISSIONS("AWS::Lambda::Permission", "the gateway here may call every function");

  private final String type;
  private final String reason;

  PassedOver(String type, String reason) {
    this.type = type;
    this.reason = reason;
  }

  /** Why it is passed over. */
  String reason() {
    return reason;
  }

  /** A type that ends in {@code ::} stands for all of its service. */
  static Optional<PassedOver> of(String resourceType) {
    return Arrays.stream(values())
        .filter(
            kind ->
                kind.type.endsWith("::")
                    ? resourceType.startsWith(kind.type)
                    : resourceType.equals(kind.type))
        .findAny();
  }
}
