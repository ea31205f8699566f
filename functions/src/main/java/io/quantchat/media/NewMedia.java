package io.quantchat.media;

import java.util.List;

/**
 * What somebody is about to upload.
 *
 * @param size bytes of the ciphertext
 * @param sha256 its hash, in base64
 * @param deleteHash the hash of the secret that deletes it, in base64
 * @param parts the hashes of its parts, in base64; none if it is put at once
 */
record NewMedia(long size, String sha256, String deleteHash, List<String> parts) {}
