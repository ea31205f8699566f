package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.stack.BucketSpec;
import io.quantchat.infra.stack.Permission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.http.SdkHttpClient;

/** One of the template's buckets, on this machine. */
public final class LocalBucket implements AutoCloseable {

  /** What a bucket in memory holds at most: a few of the largest attachments. */
  private static final long MOST_IN_MEMORY = 512L << 20;

  private final Blobs blobs;
  private final S3 bucket;
  private final Handler handler;
  private final Lifecycle lifecycle;

  private LocalBucket(Blobs blobs, S3 bucket, Handler handler, Lifecycle lifecycle) {
    this.blobs = blobs;
    this.bucket = bucket;
    this.handler = handler;
    this.lifecycle = lifecycle;
  }

  /**
   * How a bucket is run.
   *
   * @param credentials what its requests are signed with
   * @param permissions what may be done by those who have them
   * @param log is told in one line what couldn't be done
   */
  public record Setting(
      SigningCredentials credentials,
      Collection<Permission> permissions,
      Clock clock,
      SecureRandom random,
      Consumer<String> log) {}

  /**
   * One whose objects are in a folder that belongs to this process.
   *
   * @param folder made where it is missing
   * @throws IOException if it can't be used
   */
  public static LocalBucket onDisk(BucketSpec spec, Path folder, Setting setting)
      throws IOException {
    return of(spec, DiskBlobs.in(folder), setting);
  }

  /** One whose objects go with the process, and are bounded by a quarter of its memory. */
  public static LocalBucket inMemory(BucketSpec spec, Setting setting) {
    long most = Math.min(MOST_IN_MEMORY, Runtime.getRuntime().maxMemory() / 4);
    return of(spec, new MemoryBlobs(most), setting);
  }

  static LocalBucket of(BucketSpec spec, Blobs blobs, Setting setting) {
    var objects = new ObjectStore(blobs);
    var uploads = new UploadStore(blobs, objects, setting.clock(), setting.random());
    var bucket =
        new S3(
            spec.name(),
            new RequestSignatures(setting.credentials(), setting.clock()),
            new ObjectPolicy(spec.name(), setting.permissions()),
            new ObjectRequests(blobs, objects, setting.clock()),
            new UploadRequests(spec.name(), blobs, uploads),
            setting.random());
    return new LocalBucket(
        blobs,
        bucket,
        new ObjectsHandler(bucket, new Cors(spec.cors()), setting.log()),
        new Lifecycle(spec.lifecycle(), objects, uploads, setting.clock(), setting.log()).start());
  }

  /** Answers below the path of the bucket's name. */
  public Handler handler() {
    return handler;
  }

  /** The way to it for functions in this process; its address is of no account. */
  public SdkHttpClient client() {
    return new InProcessObjects(bucket);
  }

  /**
   * All that is in it now, read without a signature, and into memory: objects, and what has come of
   * uploads.
   */
  public List<StoredObject> stored() throws IOException {
    var stored = new ArrayList<StoredObject>();
    for (BlobName.Kind kind : BlobName.Kind.values()) {
      for (BlobName name : blobs.names(kind, "")) {
        Optional<Blobs.Blob> found = blobs.open(name);
        // What was deleted meanwhile isn't in it.
        if (found.isPresent()) {
          try (Blobs.Blob blob = found.get()) {
            stored.add(stored(blob));
          }
        }
      }
    }
    return stored;
  }

  private static StoredObject stored(Blobs.Blob blob) throws IOException {
    BlobHeader header = blob.header();
    var bytes = new ByteArrayOutputStream();
    blob.copyTo(bytes, 0, header.size());
    return new StoredObject(
        header.key(), header.contentType(), header.checksum(), bytes.toByteArray());
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
