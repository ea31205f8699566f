package io.quantchat.infra.local.rest;

/**
 * A function's answer isn't a proxy answer. The message says why, and holds none of its content.
 */
final class MalformedAnswer extends Exception {

  MalformedAnswer(String reason) {
    super(reason);
  }
}
