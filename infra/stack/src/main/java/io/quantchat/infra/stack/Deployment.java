package io.quantchat.infra.stack;

import java.util.Map;

/**
 * What the template doesn't know until it is deployed.
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
    String restEndpoint) {}
