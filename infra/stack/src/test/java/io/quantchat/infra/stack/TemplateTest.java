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
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of a few lines: what each part of the language gives, and what is refused. */
class TemplateTest {
  private static final String HEAD =
      """
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Stage: {Type: String, Default: live, AllowedValues: [live, test]}
        Minutes: {Type: Number, Default: 15, MinValue: 1, MaxValue: 60}
      Conditions:
        IsLive: !Equals [!Ref Stage, live]
        IsTest: !Not [!Condition IsLive]
        Both: !And [!Condition IsLive, !Condition IsTest]
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
        Watched:
          Type: AWS::CloudFormation::Stack
          Properties: {TemplateURL: alarms.yaml, Parameters: {Rows: !Ref Rows}}
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
          {"Fn::GetAtt": [Rows, Arn]}                           | arn:aws:dynamodb:eu-west-1:111122223333:table/shop-rows
          !Sub "${Rows}/${Rows.Arn}/${!Kept}"                   | shop-rows/arn:aws:dynamodb:eu-west-1:111122223333:table/shop-rows/${Kept}
          !Sub ["${a}-${Stage}", {a: !Ref Rows}]                | shop-rows-live
          !If [IsLive, yes-it-is, !Ref NothingOfTheKind]        | yes-it-is
          !If [Both, both, not-both]                            | not-both
          !GetAtt Watched.Outputs.Topic                         | Watched.Outputs.Topic
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
                  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {LogGroupName: !Ref Logs}}
                  Logs: {Type: AWS::Logs::LogGroup}
                  More: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: more.yaml}}
                  Name: {Type: AWS::Route53::RecordSet, Properties: {Name: !GetAtt More.Outputs.Name}}
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
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !Select [7, [a]]}} | Resource Fn.Handler: Fn::Select is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !Split [".", a.b]}} | Resource Fn.Handler: Fn::Split is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !Join ["-", [a, b]]}} | Resource Fn.Handler: Fn::Join is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !FindInMap [Sizes, live, memory]}} | Resource Fn.Handler: Fn::FindInMap is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: !GetAtt Sockets.ApiEndpoint}} | Sockets.ApiEndpoint, an attribute that isn't known
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Role: "arn:aws:iam::1:role/x"}} | Resource Fn: Role is no role of the template
          Topic: {Type: AWS::SNS::Topic} | Resource Topic: Type AWS::SNS::Topic is not supported
          I: {Type: AWS::ApiGatewayV2::Integration} | Resource I: Type AWS::ApiGatewayV2::Integration is not supported
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Events: {Tick: {Type: SQS, Properties: {}}}}} | Resource Fn: Events.Tick.Type SQS
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
  void aScheduleInvokesItsFunctionAgainAndAgain() throws IOException {
    Stack stack =
        resolve(
            HEAD
                + """
                      Events:
                        Sweep: {Type: Schedule, Properties: {Schedule: rate(1 minute), Description: x}}
                        Count: {Type: Schedule, Properties: {Schedule: rate(12 hours), Enabled: true}}
                        Rest: {Type: Schedule, Properties: {Schedule: rate(2 days), Enabled: false}}
                """);

    assertThat(stack.schedules())
        .containsExactly(
            new ScheduleSpec("Worker", "Sweep", Duration.ofMinutes(1)),
            new ScheduleSpec("Worker", "Count", Duration.ofHours(12)));
    assertThat(stack.rest().routes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(0 10 * * ? *)",
        "rate(1 minutes)",
        "rate(2 minute)",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "often"
      })
  void aScheduleThatIsNoRateIsRefused(String schedule) {
    assertThatThrownBy(
            () ->
                resolve(
                    HEAD
                        + """
                              Events:
                                Sweep: {Type: Schedule, Properties: {Schedule: "%s"}}
                        """
                            .formatted(schedule)))
        .hasMessage(
            "Resource Worker: Events.Sweep.Properties.Schedule %s is not supported here: only rates"
                + " are, such as rate(1 minute).",
            schedule);
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
  void aConditionThatIsNotUnderstoodIsRefused() {
    String either =
        HEAD.replace("!And [", "!Or [") + "  Spare: {Type: AWS::Logs::LogGroup, Condition: Both}\n";

    assertThatThrownBy(() -> resolve(either))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Condition Both: Fn::Or is not supported here.");
  }

  @Test
  void aKindOfParameterThatIsNotUnderstoodIsRefused() {
    assertThatThrownBy(() -> resolve(HEAD.replace("Type: Number", "Type: CommaDelimitedList")))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Parameter Minutes: Type CommaDelimitedList is not supported");
  }

  @Test
  void aFunctionMayDoWhatItsRoleAllows() throws IOException {
    String role =
        """
          Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Role: !GetAtt FnRole.Arn}}
          FnRole:
            Type: AWS::IAM::Role
            Properties:
              Policies:
                - PolicyName: fn
                  PolicyDocument:
                    Statement:
                      - {Effect: Allow, Action: [a:Get, a:Put], Resource: !GetAtt Rows.Arn}
                      - !If [IsTest, {Effect: Allow, Action: a:Trace, Resource: "*"}, !Ref AWS::NoValue]
                      - {Effect: Allow, Action: b:Post, Resource: ["x", "y"]}
        """;
    String rows = "arn:aws:dynamodb:eu-west-1:111122223333:table/shop-rows";

    Stack stack = resolve(HEAD + role);

    assertThat(stack.permissions().get("Worker")).isEmpty();
    assertThat(stack.permissions().get("Fn"))
        .containsExactlyInAnyOrder(
            new Permission("a:Get", rows),
            new Permission("a:Put", rows),
            new Permission("b:Post", "x"),
            new Permission("b:Post", "y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {ManagedPolicyArns: [x]} | Resource FnRole: ManagedPolicyArns is not supported
          {Policies: [{PolicyDocument: {Statement: [{Effect: Deny, Action: a, Resource: b}]}}]} | Effect must be Allow
          {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, NotAction: a, Resource: b}]}}]} | NotAction is not supported
          """)
  void aRoleThatDoesMoreThanAllowIsRefused(String role, String told) {
    String function =
        "  Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.B, Role: !GetAtt"
            + " FnRole.Arn}}\n";

    assertThatThrownBy(
            () ->
                resolve(
                    HEAD
                        + function
                        + "  FnRole: {Type: AWS::IAM::Role, Properties: "
                        + role
                        + "}\n"))
        .isInstanceOf(TemplateException.class)
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
