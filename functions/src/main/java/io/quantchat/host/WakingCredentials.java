package io.quantchat.host;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;

/**
 * The credentials that Lambda hands out at an address to a function that it takes snapshots of:
 * kept until they are due, but never from before a snapshot to after it.
 */
final class WakingCredentials implements AwsCredentialsProvider {

  private record Kept(AwsCredentialsProvider provider, int restores) {

    static Kept since(int restores) {
      return new Kept(ContainerCredentialsProvider.create(), restores);
    }
  }

  private volatile Kept kept = Kept.since(Snapshots.restores());

  @Override
  public AwsCredentials resolveCredentials() {
    int restores = Snapshots.restores();
    Kept current = kept;
    if (current.restores() != restores) {
      current = Kept.since(restores);
      kept = current;
    }
    return current.provider().resolveCredentials();
  }
}
