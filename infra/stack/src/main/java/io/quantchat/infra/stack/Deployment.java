package io.quantchat.infra.stack;

import java.util.Map;

/**
 * The values that the template doesn't have until it is deployed.
 *
 * @param region such as {@code us-east-1}
 * @param accountId twelve digits
 * @param stackName the stack's name, which the functions' names begin with
 * @param parameters values for the template's parameters, instead of their defaults
 * @param socketEndpoint what the WebSocket API's {@code ApiEndpoint} is, without a stage, such as
 *     {@code ws://localhost:8080}
 * @param restEndpoint what stands for the REST API's {@code https://…execute-api…}, without a
 *     stage, such as {@code http://localhost:8080}
 */
public record Deployment(
    String region,
    String accountId,
    String stackName,
    Map<String, String> parameters,
    String socketEndpoint,
    String restEndpoint) {

  /** The account of a stack on this machine; no account of AWS's has this id. */
  public static final String LOCAL_ACCOUNT = "000000000000";

  /** The region of a stack on this machine. */
  public static final String LOCAL_REGION = "us-east-1";

  private static final String LOCAL_STACK = "quantchat";

  /**
   * A stack on this machine, both of its APIs on one port.
   *
   * @param parameters values for the template's parameters, instead of their defaults
   */
  public static Deployment onThisMachine(int port, Map<String, String> parameters) {
    return new Deployment(
        LOCAL_REGION,
        LOCAL_ACCOUNT,
        LOCAL_STACK,
        parameters,
        "ws://localhost:" + port,
        "http://localhost:" + port);
  }

  /** The same in another region. */
  public Deployment in(String otherRegion) {
    return new Deployment(
        otherRegion, accountId, stackName, parameters, socketEndpoint, restEndpoint);
  }
}
