package io.quantchat.host;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What a log may hold of a failure: of which kinds it was, and where each came about. Messages
 * aren't in it, because whoever wrote them may have put in what they were about: a value that can't
 * be read, an item, a condition, and with those a secret. What a service of AWS's answered is told
 * by its code, status and request id.
 */
public final class FailureTrace {

  private static final int MOST_FRAMES = 60;

  private FailureTrace() {}

  /** As {@link Throwable#printStackTrace()} has it, without messages. */
  public static String of(Throwable failure) {
    var trace = new StringBuilder();
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    tell(failure, "", trace, told);
    return trace.toString();
  }

  /**
   * The same as a failure of its own, for whoever logs what is thrown in words of their own: its
   * message names the failure's kind alone.
   */
  public static RuntimeException withoutMessage(Throwable failure) {
    var bare = new IllegalStateException(kindOf(failure));
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }

  private static void tell(
      Throwable failure, String relation, StringBuilder trace, Set<Throwable> told) {
    if (failure == null || !told.add(failure)) {
      return;
    }
    trace.append(relation).append(kindOf(failure)).append('\n');
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
      trace.append("\tat ").append(frames[i]).append('\n');
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      tell(suppressed, "Suppressed: ", trace, told);
    }
    tell(failure.getCause(), "Caused by: ", trace, told);
  }

  private static String kindOf(Throwable failure) {
    String kind = failure.getClass().getName();
    if (failure instanceof AwsServiceException answered) {
      String code =
          answered.awsErrorDetails() == null ? "" : answered.awsErrorDetails().errorCode();
      return "%s: %s, status %d, request %s"
          .formatted(kind, code, answered.statusCode(), answered.requestId());
    }
    return kind;
  }
}
