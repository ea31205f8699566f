package io.quantchat.infra.local.lambda;

import io.quantchat.infra.local.gateway.Quotas;
import java.time.Duration;

/** The template's functions, ready to be invoked. */
public interface Functions {

  /**
   * Invokes a function and waits for its answer.
   *
   * @param functionId the function's logical id in the template
   * @param event the event, UTF-8 JSON
   * @param integrationTimeout how long the gateway waits, at most {@link
   *     Quotas#INTEGRATION_TIMEOUT}
   */
  Invocation invoke(String functionId, byte[] event, Duration integrationTimeout);
}
