package io.quantchat.infra.local.lambda;

/** How one invocation of a function ended, as the gateway sees it. */
public sealed interface Invocation {

  /** The function answered with these bytes (JSON, at most 6 MB). */
  record Answered(byte[] payload) implements Invocation {}

  /** The function threw. The message is what Lambda reports as {@code errorMessage}. */
  record Failed(String errorMessage, String errorType) implements Invocation {}

  /** The function ran past its own timeout. */
  record TimedOut() implements Invocation {}

  /** The function ran past the integration's timeout and runs on. */
  record IntegrationTimedOut() implements Invocation {}

  /**
   * The event is larger than the 6 MB that a synchronous invocation takes; the function never ran.
   */
  record EventTooLarge() implements Invocation {}

  /** The answer is larger than the 6 MB that a synchronous invocation gives back. */
  record AnswerTooLarge() implements Invocation {}
}
