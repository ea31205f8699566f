package io.quantchat.infra.local;

import io.quantchat.host.AwsClients;
import io.quantchat.host.Backoff;
import io.quantchat.host.Bucket;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.objects.LocalBucket;
import io.quantchat.infra.local.objects.StoredObject;
import io.quantchat.infra.stack.BucketSpec;
import io.quantchat.infra.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The template's buckets: where the tables are in a folder, beside them; else in memory. */
final class LocalBuckets {

  /** What takes a bucket's path where functions want an address; nobody goes there. */
  private static final String NOWHERE = "http://localhost";

  private final Map<String, LocalBucket> byPath = new LinkedHashMap<>();
  private final LocalBucket.Setting setting;

  private LocalBuckets(LocalBucket.Setting setting) {
    this.setting = setting;
  }

  /**
   * Opens them.
   *
   * @param parts gets what is to be closed
   * @throws StartFailure if their folder can't be used
   */
  static LocalBuckets open(Stack stack, Place tables, LocalBucket.Setting setting, OpenParts parts)
      throws StartFailure {
    var opened = new LocalBuckets(setting);
    for (BucketSpec spec : stack.buckets().values()) {
      opened.byPath.put("/" + spec.name(), parts.add(open(spec, tables, setting)));
    }
    return opened;
  }

  private static LocalBucket open(BucketSpec spec, Place tables, LocalBucket.Setting setting)
      throws StartFailure {
    if (!(tables instanceof Place.Folder(Path data))) {
      return LocalBucket.inMemory(spec, setting);
    }
    Path folder = DataFolder.objectsOf(data).resolve(spec.name());
    try {
      return LocalBucket.onDisk(spec, folder, setting);
    } catch (IOException e) {
      throw new StartFailure(
          "The folder %s can't be used: see that it is this user's to write.".formatted(folder), e);
    }
  }

  /**
   * A function's own way to its bucket.
   *
   * @param environment the function's, which says where links lead
   * @throws IllegalStateException if they lead elsewhere
   */
  Bucket of(Environment environment) {
    String path = environment.get(Variable.MEDIA_URL);
    LocalBucket bucket = byPath.get(path);
    if (bucket == null) {
      throw new IllegalStateException("There is no bucket at " + path);
    }
    return AwsClients.bucket(
        environment.with(Variable.MEDIA_ENDPOINT, NOWHERE + path),
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                setting.credentials().accessKeyId(), setting.credentials().secretKey())),
        bucket.client(),
        setting.clock(),
        Backoff.onThisMachine(new SplittableRandom()));
  }

  /** All that is in them, behind the functions' backs. */
  List<StoredObject> stored() throws IOException {
    var stored = new ArrayList<StoredObject>();
    for (LocalBucket bucket : byPath.values()) {
      stored.addAll(bucket.stored());
    }
    return stored;
  }

  List<Handler> handlers() {
    return byPath.values().stream().map(LocalBucket::handler).toList();
  }
}
