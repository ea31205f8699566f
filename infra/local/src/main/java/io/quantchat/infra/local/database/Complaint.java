package io.quantchat.infra.local.database;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What is said of a database that can't be used: what is wrong and what to do, in one sentence. */
final class Complaint {

  /** DynamoDB Developer Guide, "Error handling with DynamoDB", and what others answer instead. */
  private static final Set<String> WRONG_CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          "ExpiredTokenException",
          "ExpiredToken");

  private static final Set<String> FORBIDDEN = Set.of("AccessDeniedException", "AccessDenied");
  private static final int LONGEST_QUOTE = 200;

  private Complaint() {}

  static String of(DatabaseUrl url, SdkException failure) {
    if (failure instanceof DynamoDbException answered) {
      return ofAnswer(url, answered);
    }
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return "The database at %s doesn't answer in time: see that it runs, or give another URL."
          .formatted(url);
    }
    if (isCausedBy(failure, UnknownHostException.class)) {
      return "There is no host %s: give the database's URL as it is."
          .formatted(url.url().getHost());
    }
    if (isCausedBy(failure, SSLException.class)) {
      return "What answers at %s can't be trusted by TLS: give http:// where the database has none, or a host that its certificate names."
          .formatted(url);
    }
    // Not any I/O error: what isn't understood of an answer is one, too.
    if (isCausedBy(failure, SocketException.class)
        || isCausedBy(failure, InterruptedIOException.class)) {
      return "The database at %s can't be reached: start it, or give another URL.".formatted(url);
    }
    return noDatabase(url);
  }

  /** Whether the database doesn't know what it was asked to do. */
  static boolean isUnknownOperation(DynamoDbException answered) {
    return "UnknownOperationException".equals(code(answered));
  }

  /** Whether the database knows what it was asked to do, and refuses how it was asked. */
  static boolean isInvalidRequest(DynamoDbException answered) {
    return "ValidationException".equals(code(answered));
  }

  private static String code(DynamoDbException answered) {
    return Optional.ofNullable(answered.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("");
  }

  private static String ofAnswer(DatabaseUrl url, DynamoDbException answered) {
    String code = code(answered);
    if (code.isEmpty()) {
      return noDatabase(url);
    }
    if (WRONG_CREDENTIALS.contains(code)) {
      return "The database at %s doesn't accept the credentials (%s): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, to others."
          .formatted(url, code);
    }
    String message =
        Optional.ofNullable(answered.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .map(Complaint::quote)
            .orElse("");
    if (FORBIDDEN.contains(code)) {
      return "The database at %s doesn't allow these credentials to use the tables: %s"
          .formatted(url, message.isEmpty() ? code : message);
    }
    return "The database at %s refuses to serve, with %s%s"
        .formatted(url, code, message.isEmpty() ? "." : ": " + message);
  }

  private static String noDatabase(DatabaseUrl url) {
    return "What answers at %s is no database that speaks DynamoDB's protocol: give the URL of one."
        .formatted(url);
  }

  /** Another's words, on one line. */
  private static String quote(String message) {
    String line = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line;
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
