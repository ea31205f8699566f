package io.quantchat.infra.local.rest;

/**
 * The gateway's own answers. Bodies are byte for byte the gateway's: its refusals have no space
 * after the colon, its failures to reach a function have one.
 */
enum GatewayError {
  UNKNOWN_ROUTE(
      403,
      "MISSING_AUTHENTICATION_TOKEN",
      "MissingAuthenticationTokenException",
      "Missing Authentication Token",
      "{\"message\":\"%s\"}"),
  /** The event is over what a function takes; a body over 10 MiB is refused before, and plainly. */
  REQUEST_TOO_LONG(
      413, "REQUEST_TOO_LARGE", "BadRequestException", "Request Too Long", "{\"message\": \"%s\"}"),
  /** Status and words of this one and the next are assumed: no capture shows them. */
  URL_TOO_LONG(
      414, "DEFAULT_4XX", "BadRequestException", "Request URI too long", "{\"message\":\"%s\"}"),
  HEADERS_TOO_LARGE(
      431,
      "DEFAULT_4XX",
      "BadRequestException",
      "Request Header Fields Too Large",
      "{\"message\":\"%s\"}"),
  /** An answer marked as Base64 that isn't. */
  UNDECODABLE_ANSWER(
      500,
      "DEFAULT_5XX",
      "InternalServerErrorException",
      "Internal server error",
      "{\"message\": \"%s\"}"),
  /** The function failed, ran past its own time, or answered what is no proxy answer. */
  FUNCTION_FAILED(
      502,
      "DEFAULT_5XX",
      "InternalServerErrorException",
      "Internal server error",
      "{\"message\": \"%s\"}"),
  INTEGRATION_TIMEOUT(
      504,
      "INTEGRATION_TIMEOUT",
      "InternalServerErrorException",
      "Endpoint request timed out",
      "{\"message\": \"%s\"}");

  private final int status;
  private final String responseType;
  private final String errorType;
  private final String message;
  private final String defaultBody;

  GatewayError(
      int status, String responseType, String errorType, String message, String defaultBody) {
    this.status = status;
    this.responseType = responseType;
    this.errorType = errorType;
    this.message = message;
    this.defaultBody = defaultBody.formatted(message);
  }

  int status() {
    return status;
  }

  /** The gateway response that customises it. */
  String responseType() {
    return responseType;
  }

  /** Value of {@code x-amzn-ErrorType}. */
  String errorType() {
    return errorType;
  }

  String message() {
    return message;
  }

  /** The body where the template customises nothing. */
  String defaultBody() {
    return defaultBody;
  }
}
