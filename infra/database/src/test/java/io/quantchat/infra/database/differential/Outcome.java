package io.quantchat.infra.database.differential;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What an operation gave, as text that is the same where the answers are.
 *
 * @param error the exception's name; empty where it went well
 */
record Outcome(String error, String text) {

  private static final Pattern NUMBER = Pattern.compile("\\bN:null(.+?)null");

  static Outcome of(DynamoDbClient client, Function<DynamoDbClient, String> operation) {
    try {
      return new Outcome("", operation.apply(client));
    } catch (TransactionCanceledException cancelled) {
      return new Outcome(
          "TransactionCanceledException",
          cancelled.cancellationReasons().stream()
              .map(
                  reason ->
                      reason.code()
                          + (reason.hasItem() && !reason.item().isEmpty() ? of(reason.item()) : ""))
              .collect(Collectors.joining(",")));
    } catch (ConditionalCheckFailedException refused) {
      return new Outcome(
          "ConditionalCheckFailedException",
          refused.hasItem() && !refused.item().isEmpty() ? of(refused.item()) : "");
    } catch (AwsServiceException refused) {
      return new Outcome(
          String.valueOf(refused.awsErrorDetails().errorCode()),
          String.valueOf(refused.awsErrorDetails().errorMessage()));
    }
  }

  /**
   * Without what AWS doesn't document: the messages of wrong requests, and how a number is written.
   */
  Outcome withoutForm() {
    return new Outcome(
        error,
        error.equals("ValidationException")
            ? ""
            : NUMBER
                .matcher(text)
                .replaceAll(number -> "N:" + new BigDecimal(number.group(1)).stripTrailingZeros()));
  }

  static String of(List<Map<String, AttributeValue>> items) {
    return items.stream().map(Outcome::of).collect(Collectors.joining("\n", "[", "]"));
  }

  /** An item with its attributes by name; sets have no order. */
  static String of(Map<String, AttributeValue> item) {
    return new TreeMap<>(item)
        .entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + of(attribute.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String of(AttributeValue value) {
    return switch (value.type()) {
      case M -> of(value.m());
      case L -> value.l().stream().map(Outcome::of).collect(Collectors.joining(",", "(", ")"));
      case SS -> "SS" + value.ss().stream().sorted().toList();
      case NS ->
          "NS"
              + value.ns().stream()
                  .map(number -> of(AttributeValue.fromN(number)))
                  .sorted()
                  .toList();
      case BS ->
          "BS"
              + value.bs().stream()
                  .map(bytes -> Arrays.toString(bytes.asByteArray()))
                  .sorted()
                  .toList();
      case B -> "B" + Arrays.toString(value.b().asByteArray());
      default -> value.type() + ":" + value.s() + value.n() + value.bool();
    };
  }
}
