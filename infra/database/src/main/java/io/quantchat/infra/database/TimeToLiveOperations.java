package io.quantchat.infra.database;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/**
 * Requests about the attribute by which a table's items expire. A change holds at once.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html">UpdateTimeToLive</a>
 */
final class TimeToLiveOperations {

  private final TableCatalog catalog;
  private final TableOperations tables;

  TimeToLiveOperations(TableCatalog catalog, TableOperations tables) {
    this.catalog = catalog;
    this.tables = tables;
  }

  UpdateTimeToLiveResponse update(UpdateTimeToLiveRequest request) {
    Table table = tables.describe(request.tableName());
    TimeToLiveSpecification wanted =
        Requests.require(request.timeToLiveSpecification(), "timeToLiveSpecification");
    String attribute =
        Requests.require(wanted.attributeName(), "timeToLiveSpecification.attributeName");
    boolean isEnabled = Requests.require(wanted.enabled(), "timeToLiveSpecification.enabled");
    catalog.change(table, there -> changed(there, attribute, isEnabled));
    return Answers.ok(UpdateTimeToLiveResponse.builder()).timeToLiveSpecification(wanted).build();
  }

  private static Table changed(Table table, String attribute, boolean isEnabled) {
    if (isEnabled) {
      if (table.timeToLive().isPresent()) {
        throw Refusals.invalid("TimeToLive is already enabled");
      }
      return table.withTimeToLive(Optional.of(attribute));
    }
    if (table.timeToLive().isEmpty()) {
      throw Refusals.invalid("TimeToLive is already disabled");
    }
    if (!table.timeToLive().get().equals(attribute)) {
      throw Refusals.invalid(
          "TimeToLive is active on a different AttributeName: current AttributeName is "
              + table.timeToLive().get());
    }
    return table.withTimeToLive(Optional.empty());
  }

  DescribeTimeToLiveResponse describe(DescribeTimeToLiveRequest request) {
    Table table = tables.describe(request.tableName());
    TimeToLiveDescription.Builder description = TimeToLiveDescription.builder();
    if (table.timeToLive().isPresent()) {
      description
          .timeToLiveStatus(TimeToLiveStatus.ENABLED)
          .attributeName(table.timeToLive().get());
    } else {
      description.timeToLiveStatus(TimeToLiveStatus.DISABLED);
    }
    return Answers.ok(DescribeTimeToLiveResponse.builder())
        .timeToLiveDescription(description.build())
        .build();
  }
}
