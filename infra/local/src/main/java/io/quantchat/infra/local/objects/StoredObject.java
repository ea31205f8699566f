package io.quantchat.infra.local.objects;

/**
 * An object, or a part of one, as a bucket has it.
 *
 * @param contentType as the uploader gave it
 * @param checksum SHA-256 as S3 writes it; empty where there is none
 * @param bytes all of them
 */
public record StoredObject(String key, String contentType, String checksum, byte[] bytes) {

  /** Never the bytes. */
  @Override
  public String toString() {
    return key;
  }
}
