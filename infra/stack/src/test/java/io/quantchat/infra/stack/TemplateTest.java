package io.quantchat.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates of a few lines: what each part of the language gives, and what is refused. */
class TemplateTest {
  private static final String HEAD =
      """
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Stage: {Type: String, Default: live, AllowedValues: [live, test]}
        Minutes: {Type: Number, Default: 15, MinValue: 1, MaxValue: 60}
      Mappings:
        Sizes:
          live: {memory: 512}
          test: {memory: 256}
      Conditions:
        IsLive: !Equals [!Ref Stage, live]
        IsTest: !Not [!Condition IsLive]
        Both: !And [!Condition IsLive, !Condition IsTest]
        Either: !Or [!Condition IsLive, !Condition IsTest]
      Globals:
        Function:
          Runtime: java25
          Timeout: 15
          AutoPublishAlias: live
          Environment: {Variables: {SHARED: global, OVERRIDDEN: global}}
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties: {StageName: live}
        Sockets:
          Type: AWS::Serverless::WebSocketApi
          Properties:
            StageName: live
            RouteSelectionExpression: $request.body.type
            Routes: {$default: {FunctionArn: !Ref Worker.Alias, IntegrationTimeout: 5000}}
        Rows:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: !Sub "${AWS::StackName}-rows"
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
        Worker:
          Type: AWS::Serverless::Function
          Properties:
            Handler: example.Worker::handleRequest
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !Ref Rows                                             | shop-rows
          !Ref Minutes                                          | 15
          !Ref AWS::Region                                      | eu-west-1
          !Ref Worker.Version                                   | arn:aws:lambda:eu-west-1:111122223333:function:shop-Worker:1
          !GetAtt Worker.Version.Version                        | 1
          !Ref ServerlessDeploymentApplication                  | shop-ServerlessDeploymentApplication
          !GetAtt Rows.Arn                                      | arn:aws:dynamodb:eu-west-1:111122223333:table/shop-rows
          {"Fn::GetAtt": [Sockets, ApiEndpoint]}                | ws://localhost:8080
          !Sub "${Rows}/${Rows.Arn}/${!Kept}"                   | shop-rows/arn:aws:dynamodb:eu-west-1:111122223333:table/shop-rows/${Kept}
          !Sub ["${a}-${Stage}", {a: !Ref Rows}]                | shop-rows-live
          !Join ["-", [a, !Ref Stage]]                          | a-live
          !Select [1, !Split [".", a.b.c]]                      | b
          !FindInMap [Sizes, !Ref Stage, memory]                | 512
          !If [IsLive, yes-it-is, !Ref NothingOfTheKind]        | yes-it-is
          !If [Both, both, not-both]                            | not-both
          !If [Either, either, neither]                         | either
          !Sub "wss://${Sockets}.execute-api.${AWS::Region}.amazonaws.com/live" | ws://localhost:8080/live
          !Sub "https://${Sockets}.execute-api.${AWS::Region}.amazonaws.com/live" | http://localhost:8080/live
          """)
  void aVariableHoldsWhatItsIntrinsicGives(String intrinsic, String value) throws IOException {
    assertThat(variables("VALUE: " + intrinsic)).containsEntry("VALUE", value);
  }

  @Test
  void aVariableWithoutAValueIsNotThere() throws IOException {
    assertThat(variables("VALUE: !If [IsTest, x, !Ref AWS::NoValue]")).doesNotContainKey("VALUE");
  }

  @Test
  void globalsAreMergedKeyByKeyAndTheFunctionsOwnWins() throws IOException {
    assertThat(variables("OVERRIDDEN: own"))
        .containsEntry("SHARED", "global")
        .containsEntry("OVERRIDDEN", "own");
  }

  @Test
  void aSocketRoutesTimeoutIsItsIntegrations() throws IOException {
    assertThat(resolve(HEAD).socket().routes().get("$default"))
        .isEqualTo(new SocketApiSpec.Route("$default", "Worker", Duration.ofSeconds(5), false));
  }

  @Test
  void aResourceWhoseConditionFailsIsNotThere() throws IOException {
    Stack stack =
        resolve(
            HEAD
                + """
                  Spare:
                    Type: AWS::Serverless::Function
                    Condition: IsTest
                    Properties: {Handler: example.Spare}
                """);

    assertThat(stack.functions()).containsOnlyKeys("Worker");
  }

  @Test
  void whatMeansNothingOnOneMachineIsPassedOver() throws IOException {
    Stack stack =
        resolve(
            HEAD
                + """
                  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic]}}
                  Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Key}}
                  Key: {Type: AWS::KMS::Key}
                  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic}}
                  Bucket: {Type: AWS::S3::Bucket}
                """);

    assertThat(stack.functions()).containsOnlyKeys("Worker");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Queue: {Type: AWS::SQS::Queue}                                   | Resource Queue: Type AWS::SQS::Queue is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Timeout: 3}}  | Resource Fn: Handler is missing
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Layers: [x]}} | Resource Fn: Layers is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: "a.B::run"}} | Resource Fn: Handler a.B::run must end in
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Timeout: soon}} | Resource Fn: Timeout must be a whole number
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !Ref Nobody}} | Resource Fn.Handler refers to Nobody
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !GetAtt Rows.StreamArn}} | Rows.StreamArn, an attribute that isn't known
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !ImportValue x}} | Resource Fn.Handler: Fn::ImportValue is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !If [Unknown, a, b]}} | condition Unknown
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !Select [7, [a]]}} | asks for item 7 of 1
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !FindInMap [Sizes, nope, memory]}} | finds no nope
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Events: {Tick: {Type: Schedule, Properties: {}}}}} | Resource Fn: Events.Tick.Type Schedule
          Fn: {Type: AWS::Serverless::Function, DependsOn: Nobody, Properties: {Handler: a.B}} | Resource Fn: DependsOn names Nobody
          Fn: {Type: AWS::Serverless::Function, Connectors: {}, Properties: {Handler: a.B}} | Resource Fn: Connectors is not supported
          Other: {Type: AWS::Serverless::Api, Properties: {StageName: live}} | one resource of type AWS::Serverless::Api, not 2
          R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Sockets, RouteKey: x, Target: integrations/None}} | Resource R: Target integrations/None
          R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Sockets, RouteKey: $default, Target: integrations/SocketsDefaultIntegration}} | Resource R: the route $default is there twice
          T: {Type: AWS::DynamoDB::Table, Properties: {GlobalSecondaryIndexes: []}} | Resource T: GlobalSecondaryIndexes is not supported
          T: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}} | Resource T: AttributeDefinitions
          """)
  void whatIsNotUnderstoodIsRefusedByName(String resource, String told) {
    assertThatThrownBy(() -> resolve(HEAD + "  " + resource + "\n"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(told);
  }

  @Test
  void aRouteDeclaredTwiceIsRefused() {
    String function =
        """
          Fn:
            Type: AWS::Serverless::Function
            Properties:
              Handler: a.B
              Events:
                One: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: /a}}
                Two: {Type: Api, Properties: {RestApiId: !Ref Api, Method: GET, Path: /a}}
        """;

    assertThatThrownBy(() -> resolve(HEAD + function))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Resource Fn: the route GET /a is there twice");
  }

  @ParameterizedTest
  @CsvSource({
    "Minutes, 61, is more than 60",
    "Minutes, 0, is less than 1",
    "Minutes, soon, is no number",
    "Stage, other, is none of",
    "Colour, red, no parameter Colour"
  })
  void aParameterOutOfItsBoundsIsRefused(String name, String value, String told) {
    assertThatThrownBy(() -> resolve(HEAD, Map.of(name, value)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(told);
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> resolve(HEAD + "  Rows: {Type: AWS::SNS::Topic}\n"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Rows");
  }

  private Map<String, String> variables(String variable) throws IOException {
    return resolve(HEAD + "      Environment:\n        Variables:\n          " + variable + "\n")
        .functions()
        .get("Worker")
        .environment();
  }

  private Stack resolve(String template) throws IOException {
    return resolve(template, Map.of());
  }

  private Stack resolve(String template, Map<String, String> parameters) throws IOException {
    Path file = Files.writeString(folder.resolve("template.yaml"), template);
    return Template.read(file)
        .resolve(
            new Deployment(
                "eu-west-1",
                "111122223333",
                "shop",
                parameters,
                "ws://localhost:8080",
                "http://localhost:8080"));
  }
}
