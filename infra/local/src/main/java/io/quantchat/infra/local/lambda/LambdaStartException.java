package io.quantchat.infra.local.lambda;

/** A function of the template can't be built. The message names it and says why. */
public final class LambdaStartException extends RuntimeException {

  LambdaStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
