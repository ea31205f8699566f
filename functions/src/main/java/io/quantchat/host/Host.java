package io.quantchat.host;

import io.quantchat.host.Environment.Variable;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * All that a function is built of: whoever has a host can build any handler, service or store on
 * it. Lambda gives one, a rehearsal another, a test a third.
 *
 * @param dynamoDb the way to the tables; a host's own always tries again what passes by itself
 *     ({@link RetryingDynamoDb})
 * @param sockets the way to open sockets; its client is built when it is first asked for, since not
 *     every function has sockets, and building clients is most of a cold start
 * @param random what ids, keys, tokens and salts are drawn from
 * @param mail the way that mail goes out by; built when it is first asked for
 * @param background the way to invoke this function once more; built when it is first asked for
 * @param bucket the way to the bucket of attachments; built when it is first asked for
 */
public record Host(
    Environment environment,
    DynamoDbClient dynamoDb,
    Supplier<ApiGatewayManagementApiClient> sockets,
    Clock clock,
    SecureRandom random,
    Supplier<MailTransport> mail,
    Supplier<Background> background,
    Supplier<Bucket> bucket) {

  /** A host whose bucket is that of AWS. */
  public Host(
      Environment environment,
      DynamoDbClient dynamoDb,
      Supplier<ApiGatewayManagementApiClient> sockets,
      Clock clock,
      SecureRandom random,
      Supplier<MailTransport> mail,
      Supplier<Background> background) {
    this(
        environment,
        dynamoDb,
        sockets,
        clock,
        random,
        mail,
        background,
        new BuiltOnce<>(() -> AwsClients.bucket(environment, clock, random)));
  }

  /** A host whose mail, background and bucket are those of AWS. */
  public Host(
      Environment environment,
      DynamoDbClient dynamoDb,
      Supplier<ApiGatewayManagementApiClient> sockets,
      Clock clock,
      SecureRandom random) {
    this(
        environment,
        dynamoDb,
        sockets,
        clock,
        random,
        new BuiltOnce<>(() -> AwsClients.mail(environment)),
        new BuiltOnce<>(() -> AwsClients.background(environment)));
  }

  /** A host whose way to the tables tries again, waiting by this machine's clock unless it did. */
  public Host {
    if (!(dynamoDb instanceof RetryingDynamoDb)) {
      dynamoDb = new RetryingDynamoDb(dynamoDb, Backoff.onThisMachine(random));
    }
  }

  /** The host that Lambda gives, or the local runner in its place. */
  public static Host ofLambda() {
    Environment environment = Environment.ofProcess();
    return new Host(
        environment,
        AwsClients.dynamoDb(environment),
        new BuiltOnce<>(() -> AwsClients.sockets(environment)),
        Clock.systemUTC(),
        new SecureRandom());
  }

  /** The value of a variable, such as a table's name. */
  public String get(Variable variable) {
    return environment.get(variable);
  }

  /** How this host waits before it tries again, at the tables and elsewhere. */
  public Backoff.Sleeper sleeper() {
    return ((RetryingDynamoDb) dynamoDb).sleeper();
  }

  /** The same with another way to the tables. */
  public Host with(DynamoDbClient otherDynamoDb) {
    return new Host(environment, otherDynamoDb, sockets, clock, random, mail, background, bucket);
  }

  /** The same with another bucket. */
  public Host with(Supplier<Bucket> otherBucket) {
    return new Host(environment, dynamoDb, sockets, clock, random, mail, background, otherBucket);
  }

  /** Never the environment: it holds credentials. */
  @Override
  public String toString() {
    return "Host[]";
  }
}
