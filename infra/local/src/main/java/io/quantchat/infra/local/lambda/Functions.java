package io.quantchat.infra.local.lambda;

import java.time.Duration;

/** The template's functions, ready to be invoked. */
public interface Functions {

  /**
   * Invokes a function and waits for its answer.
   *
   * @param functionId the function's logical id in the template
   * @param event the event, UTF-8 JSON
   * @param integrationTimeout how long the gateway waits, at most 29 s
   */
  Invocation invoke(String functionId, byte[] event, Duration integrationTimeout);
}
