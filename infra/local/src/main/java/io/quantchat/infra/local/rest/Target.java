package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.gateway.HttpAnswer;

/** A route's end. */
sealed interface Target {

  /**
   * @param functionId logical id of the function
   * @param resource the route as configured
   */
  record ToFunction(String functionId, String resource) implements Target {}

  /** An OPTIONS method that the gateway answers itself. */
  record ToPreflight(HttpAnswer answer) implements Target {}
}
