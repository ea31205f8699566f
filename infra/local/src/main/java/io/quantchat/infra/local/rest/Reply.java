package io.quantchat.infra.local.rest;

import java.util.List;
import java.util.stream.Stream;

/**
 * An answer to a client.
 *
 * @param headers in the order in which they are sent
 */
record Reply(int status, List<HeaderLine> headers, byte[] body) {

  /** The same answer with the ids that all but the plainest carry. */
  Reply identified(RequestIds ids) {
    Stream<HeaderLine> own =
        Stream.of(
            new HeaderLine("x-amzn-RequestId", ids.requestId()),
            new HeaderLine("x-amz-apigw-id", ids.extendedRequestId()));
    return new Reply(status, Stream.concat(own, headers.stream()).toList(), body);
  }
}
