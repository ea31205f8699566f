package io.quantchat.infra.stack;

import java.util.Map;

/**
 * A template, resolved for one deployment: no parameter, condition or reference is left in it.
 *
 * @param functions by logical id
 * @param rest the REST API
 * @param socket the WebSocket API
 * @param tables by logical id
 * @param outputs by name
 */
public record Stack(
    Map<String, FunctionSpec> functions,
    RestApiSpec rest,
    SocketApiSpec socket,
    Map<String, TableSpec> tables,
    Map<String, String> outputs) {}
