package io.quantchat.infra.testing;

import java.util.Map;

/**
 * What requests to DynamoDB cost.
 *
 * @param requestsByOperation such as {@code {GetItem=2, PutItem=1}}
 * @param readUnits read units, half of one for 4 kB read with eventual consistency
 * @param writeUnits write units, one for 1 kB; twice that in a transaction, as AWS bills it
 * @param sequentialRoundTrips the longest chain of requests in which each began after the one
 *     before it had ended
 */
public record Spent(
    Map<String, Integer> requestsByOperation,
    double readUnits,
    double writeUnits,
    int sequentialRoundTrips) {}
