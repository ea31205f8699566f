package io.quantchat.infra.stack;

import java.util.Set;

/** Kinds of resources that mean nothing on one machine, and why. Any other kind is refused. */
final class PassedOver {
  static final Set<String> TYPES =
      Set.of(
          // Nobody watches metrics here: a nested stack holds more alarms, and a dashboard. Another
          // is the
          // distribution of the browser client, which the runner serves itself.
          "AWS::CloudWatch::Alarm",
          "AWS::CloudFormation::Stack",
          // Logs go to stderr, and the gateway writes none.
          "AWS::Logs::LogGroup",
          "AWS::ApiGateway::Account",
          // Only this machine calls.
          "AWS::Budgets::Budget", // of calls to AWS, and there are none
          "AWS::WAFv2::WebACL",
          "AWS::WAFv2::WebACLAssociation",
          // The name is localhost.
          "AWS::Route53::RecordSet",
          "AWS::ApiGateway::DomainName",
          "AWS::ApiGateway::BasePathMapping",
          "AWS::ApiGatewayV2::DomainName",
          "AWS::ApiGatewayV2::ApiMapping",
          // No distribution is in front that would prove itself.
          "AWS::SecretsManager::Secret",
          // Requests for objects must be signed here, whoever sends them.
          "AWS::S3::BucketPolicy",
          // There is no snapshot that has to be kept. Functions' own schedules are another matter.
          "AWS::Events::Rule",
          // The gateway here may call every function.
          "AWS::Lambda::Permission");

  private PassedOver() {}
}
