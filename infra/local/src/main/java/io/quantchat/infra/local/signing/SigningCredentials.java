package io.quantchat.infra.local.signing;

/**
 * A key pair that requests are signed with, and the region it is good for.
 *
 * @param accessKeyId the public half
 * @param secretKey the secret half
 * @param region such as {@code eu-west-1}
 */
public record SigningCredentials(String accessKeyId, String secretKey, String region) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "SigningCredentials[" + accessKeyId + ", " + region + "]";
  }
}
