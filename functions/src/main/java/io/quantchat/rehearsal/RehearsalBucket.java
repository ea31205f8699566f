package io.quantchat.rehearsal;

import io.quantchat.host.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bucket as a rehearsal uses it: links are signed for real, which asks nobody. Nothing else
 * goes out: whatever a link was made for has arrived.
 */
final class RehearsalBucket implements Bucket {

  private final Supplier<Bucket> real;
  private final List<Part> arrived = new ArrayList<>();

  RehearsalBucket(Supplier<Bucket> real) {
    this.real = real;
  }

  @Override
  public Link put(Place place, long size, String sha256, String host, Duration goodFor) {
    place
        .uploadId()
        .ifPresent(upload -> arrived.add(new Part(place.number(), size, "etag", sha256)));
    return real.get().put(place, size, sha256, host, goodFor);
  }

  @Override
  public Link get(String key, String host, Duration goodFor) {
    return real.get().get(key, host, goodFor);
  }

  @Override
  public String begin(String key) {
    return "rehearsal";
  }

  @Override
  public Optional<List<Part>> parts(String key, String uploadId) {
    return Optional.of(List.copyOf(arrived));
  }

  @Override
  public boolean complete(String key, String uploadId, List<Part> parts) {
    return true;
  }

  @Override
  public void abort(String key, String uploadId) {}

  @Override
  public boolean has(String key) {
    return true;
  }

  @Override
  public void delete(String key) {}
}
