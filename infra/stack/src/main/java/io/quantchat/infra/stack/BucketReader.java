package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code AWS::S3::Bucket}. Versions, replicas, notifications and pages are refused: nothing
 * here keeps or serves them.
 */
final class BucketReader {
  private static final Set<String> HONOURED =
      Set.of("BucketName", "CorsConfiguration", "LifecycleConfiguration");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "BucketEncryption",
          "LoggingConfiguration",
          "MetricsConfigurations",
          "OwnershipControls",
          // Nothing here is public: every request must be signed.
          "PublicAccessBlockConfiguration",
          "Tags");

  private BucketReader() {}

  /** What a bucket is called that the template gives no name, as CloudFormation makes one up. */
  static String generatedName(String stackName, String logicalId) {
    String bare = logicalId.endsWith("Bucket") ? logicalId.replaceFirst("Bucket$", "") : logicalId;
    return (bare.isEmpty() ? stackName : stackName + "-" + bare).toLowerCase(Locale.ROOT);
  }

  /**
   * @param name the bucket's name, resolved
   */
  static BucketSpec read(String logicalId, String name, Properties bucket) {
    bucket.allow(HONOURED, WITHOUT_EFFECT);
    Properties lifecycle = bucket.child("LifecycleConfiguration");
    lifecycle.allow(Set.of("Rules"), Set.of());
    Properties cors = bucket.child("CorsConfiguration");
    cors.allow(Set.of("CorsRules"), Set.of());
    return new BucketSpec(
        logicalId,
        name,
        lifecycle.children("Rules").stream()
            .filter(BucketReader::isEnabled)
            .map(BucketReader::lifecycleRule)
            .toList(),
        cors.children("CorsRules").stream().map(BucketReader::corsRule).toList());
  }

  private static boolean isEnabled(Properties rule) {
    rule.allow(
        Set.of("Status", "Prefix", "ExpirationInDays", "AbortIncompleteMultipartUpload"),
        Set.of("Id"));
    return switch (rule.text("Status")) {
      case "Enabled" -> true;
      case "Disabled" -> false;
      default -> throw rule.refusal("Status", "must be Enabled or Disabled");
    };
  }

  private static BucketSpec.LifecycleRule lifecycleRule(Properties rule) {
    Properties abortion = rule.child("AbortIncompleteMultipartUpload");
    abortion.allow(Set.of("DaysAfterInitiation"), Set.of());
    var read =
        new BucketSpec.LifecycleRule(
            rule.optionalText("Prefix").orElse(""),
            rule.optionalInteger("ExpirationInDays").map(days -> days(rule, days)),
            abortion.optionalInteger("DaysAfterInitiation").map(days -> days(abortion, days)));
    if (read.expiration().isEmpty() && read.abortion().isEmpty()) {
      throw rule.refusal("Status", "belongs to a rule that ends nothing");
    }
    return read;
  }

  private static Duration days(Properties rule, int days) {
    if (days < 1) {
      throw rule.refusal("Days", "must be at least 1");
    }
    return Duration.ofDays(days);
  }

  private static BucketSpec.CorsRule corsRule(Properties rule) {
    rule.allow(
        Set.of("AllowedHeaders", "AllowedMethods", "AllowedOrigins", "ExposedHeaders", "MaxAge"),
        Set.of("Id"));
    List<String> origins = rule.texts("AllowedOrigins");
    List<String> methods = rule.texts("AllowedMethods");
    if (origins.isEmpty() || methods.isEmpty()) {
      throw rule.refusal("AllowedOrigins", "and AllowedMethods must not be empty");
    }
    return new BucketSpec.CorsRule(
        origins,
        methods,
        rule.texts("AllowedHeaders"),
        rule.texts("ExposedHeaders"),
        rule.optionalInteger("MaxAge").map(Duration::ofSeconds));
  }
}
