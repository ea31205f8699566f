package io.quantchat.infra.local.rest;

/** What a route leads to. */
sealed interface Target {

  /**
   * @param functionId logical id of the function
   * @param resource the route as configured
   */
  record ToFunction(String functionId, String resource) implements Target {}

  /** An OPTIONS method that the gateway answers itself. */
  record ToPreflight(Reply reply) implements Target {}
}
