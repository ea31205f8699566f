package io.quantchat.infra.local.gateway;

/**
 * A function's answer isn't a proxy answer. The message says why, and holds none of its content.
 */
public final class MalformedAnswer extends Exception {

  public MalformedAnswer(String reason) {
    super(reason);
  }
}
