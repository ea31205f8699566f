package io.quantchat.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A template, resolved for one deployment: no parameter, condition or reference is left in it.
 *
 * @param functions by logical id
 * @param schedules what invokes functions again and again
 * @param rest the REST API
 * @param socket the WebSocket API
 * @param tables by logical id
 * @param buckets by logical id
 * @param permissions what each function's role allows, by the function's logical id
 * @param outputs by name
 */
public record Stack(
    Map<String, FunctionSpec> functions,
    List<ScheduleSpec> schedules,
    RestApiSpec rest,
    SocketApiSpec socket,
    Map<String, TableSpec> tables,
    Map<String, BucketSpec> buckets,
    Map<String, Set<Permission>> permissions,
    Map<String, String> outputs) {}
