package io.quantchat.infra.database;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeExportRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeExportResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableSettingsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeGlobalTableSettingsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeImportRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeImportResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableReplicaAutoScalingRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableReplicaAutoScalingResponse;
import software.amazon.awssdk.services.dynamodb.model.DisableKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.DisableKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.EnableKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.EnableKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ImportTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListExportsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListExportsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListGlobalTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListGlobalTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListImportsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListImportsResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest;
import software.amazon.awssdk.services.dynamodb.model.SearchVectorsResponse;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateGlobalTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateGlobalTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateGlobalTableSettingsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateGlobalTableSettingsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableReplicaAutoScalingRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableReplicaAutoScalingResponse;

/** Refuses by name what of DynamoDB isn't here. */
abstract class RefusingClient implements DynamoDbClient {

  @Override
  public final BatchExecuteStatementResponse batchExecuteStatement(
      BatchExecuteStatementRequest request) {
    throw Refusals.unknown("BatchExecuteStatement");
  }

  @Override
  public final CreateBackupResponse createBackup(CreateBackupRequest request) {
    throw Refusals.unknown("CreateBackup");
  }

  @Override
  public final CreateGlobalTableResponse createGlobalTable(CreateGlobalTableRequest request) {
    throw Refusals.unknown("CreateGlobalTable");
  }

  @Override
  public final DeleteBackupResponse deleteBackup(DeleteBackupRequest request) {
    throw Refusals.unknown("DeleteBackup");
  }

  @Override
  public final DeleteResourcePolicyResponse deleteResourcePolicy(
      DeleteResourcePolicyRequest request) {
    throw Refusals.unknown("DeleteResourcePolicy");
  }

  @Override
  public final DescribeBackupResponse describeBackup(DescribeBackupRequest request) {
    throw Refusals.unknown("DescribeBackup");
  }

  @Override
  public final DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    throw Refusals.unknown("DescribeContinuousBackups");
  }

  @Override
  public final DescribeContributorInsightsResponse describeContributorInsights(
      DescribeContributorInsightsRequest request) {
    throw Refusals.unknown("DescribeContributorInsights");
  }

  @Override
  public final DescribeEndpointsResponse describeEndpoints(DescribeEndpointsRequest request) {
    throw Refusals.unknown("DescribeEndpoints");
  }

  @Override
  public final DescribeExportResponse describeExport(DescribeExportRequest request) {
    throw Refusals.unknown("DescribeExport");
  }

  @Override
  public final DescribeGlobalTableResponse describeGlobalTable(DescribeGlobalTableRequest request) {
    throw Refusals.unknown("DescribeGlobalTable");
  }

  @Override
  public final DescribeGlobalTableSettingsResponse describeGlobalTableSettings(
      DescribeGlobalTableSettingsRequest request) {
    throw Refusals.unknown("DescribeGlobalTableSettings");
  }

  @Override
  public final DescribeImportResponse describeImport(DescribeImportRequest request) {
    throw Refusals.unknown("DescribeImport");
  }

  @Override
  public final DescribeKinesisStreamingDestinationResponse describeKinesisStreamingDestination(
      DescribeKinesisStreamingDestinationRequest request) {
    throw Refusals.unknown("DescribeKinesisStreamingDestination");
  }

  @Override
  public final DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
    throw Refusals.unknown("DescribeLimits");
  }

  @Override
  public final DescribeTableReplicaAutoScalingResponse describeTableReplicaAutoScaling(
      DescribeTableReplicaAutoScalingRequest request) {
    throw Refusals.unknown("DescribeTableReplicaAutoScaling");
  }

  @Override
  public final DisableKinesisStreamingDestinationResponse disableKinesisStreamingDestination(
      DisableKinesisStreamingDestinationRequest request) {
    throw Refusals.unknown("DisableKinesisStreamingDestination");
  }

  @Override
  public final EnableKinesisStreamingDestinationResponse enableKinesisStreamingDestination(
      EnableKinesisStreamingDestinationRequest request) {
    throw Refusals.unknown("EnableKinesisStreamingDestination");
  }

  @Override
  public final ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    throw Refusals.unknown("ExecuteStatement");
  }

  @Override
  public final ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    throw Refusals.unknown("ExecuteTransaction");
  }

  @Override
  public final ExportTableToPointInTimeResponse exportTableToPointInTime(
      ExportTableToPointInTimeRequest request) {
    throw Refusals.unknown("ExportTableToPointInTime");
  }

  @Override
  public final GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    throw Refusals.unknown("GetResourcePolicy");
  }

  @Override
  public final ImportTableResponse importTable(ImportTableRequest request) {
    throw Refusals.unknown("ImportTable");
  }

  @Override
  public final ListBackupsResponse listBackups(ListBackupsRequest request) {
    throw Refusals.unknown("ListBackups");
  }

  @Override
  public final ListContributorInsightsResponse listContributorInsights(
      ListContributorInsightsRequest request) {
    throw Refusals.unknown("ListContributorInsights");
  }

  @Override
  public final ListExportsResponse listExports(ListExportsRequest request) {
    throw Refusals.unknown("ListExports");
  }

  @Override
  public final ListGlobalTablesResponse listGlobalTables(ListGlobalTablesRequest request) {
    throw Refusals.unknown("ListGlobalTables");
  }

  @Override
  public final ListImportsResponse listImports(ListImportsRequest request) {
    throw Refusals.unknown("ListImports");
  }

  @Override
  public final ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
    throw Refusals.unknown("ListTagsOfResource");
  }

  @Override
  public final PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
    throw Refusals.unknown("PutResourcePolicy");
  }

  @Override
  public final RestoreTableFromBackupResponse restoreTableFromBackup(
      RestoreTableFromBackupRequest request) {
    throw Refusals.unknown("RestoreTableFromBackup");
  }

  @Override
  public final RestoreTableToPointInTimeResponse restoreTableToPointInTime(
      RestoreTableToPointInTimeRequest request) {
    throw Refusals.unknown("RestoreTableToPointInTime");
  }

  @Override
  public final SearchVectorsResponse searchVectors(SearchVectorsRequest request) {
    throw Refusals.unknown("SearchVectors");
  }

  @Override
  public final TagResourceResponse tagResource(TagResourceRequest request) {
    throw Refusals.unknown("TagResource");
  }

  @Override
  public final UntagResourceResponse untagResource(UntagResourceRequest request) {
    throw Refusals.unknown("UntagResource");
  }

  @Override
  public final UpdateContinuousBackupsResponse updateContinuousBackups(
      UpdateContinuousBackupsRequest request) {
    throw Refusals.unknown("UpdateContinuousBackups");
  }

  @Override
  public final UpdateContributorInsightsResponse updateContributorInsights(
      UpdateContributorInsightsRequest request) {
    throw Refusals.unknown("UpdateContributorInsights");
  }

  @Override
  public final UpdateGlobalTableResponse updateGlobalTable(UpdateGlobalTableRequest request) {
    throw Refusals.unknown("UpdateGlobalTable");
  }

  @Override
  public final UpdateGlobalTableSettingsResponse updateGlobalTableSettings(
      UpdateGlobalTableSettingsRequest request) {
    throw Refusals.unknown("UpdateGlobalTableSettings");
  }

  @Override
  public final UpdateKinesisStreamingDestinationResponse updateKinesisStreamingDestination(
      UpdateKinesisStreamingDestinationRequest request) {
    throw Refusals.unknown("UpdateKinesisStreamingDestination");
  }

  @Override
  public final UpdateTableReplicaAutoScalingResponse updateTableReplicaAutoScaling(
      UpdateTableReplicaAutoScalingRequest request) {
    throw Refusals.unknown("UpdateTableReplicaAutoScaling");
  }
}
