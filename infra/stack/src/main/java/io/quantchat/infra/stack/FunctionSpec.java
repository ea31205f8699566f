package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.Map;

/**
 * One Lambda function of the template.
 *
 * @param logicalId its name in the template, such as {@code RelayFunction}
 * @param handler the fully qualified class, without {@code ::handleRequest}
 * @param timeout how long one invocation may take
 * @param memoryMegabytes what the template gives it
 * @param environment the function's variables, resolved
 */
public record FunctionSpec(
    String logicalId,
    String handler,
    Duration timeout,
    int memoryMegabytes,
    Map<String, String> environment) {}
