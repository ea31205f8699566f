package io.quantchat.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Sha256;
import io.quantchat.http.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Bytes that somebody uploads, and the secret that deletes them. */
record Upload(byte[] bytes, byte[] secret) {

  private static final int PART = 8 << 20;

  /** So many bytes of noise. */
  static Upload of(int size) {
    var random = new Random(size);
    var bytes = new byte[size];
    random.nextBytes(bytes);
    var secret = new byte[32];
    random.nextBytes(secret);
    return new Upload(bytes, secret);
  }

  /** The bytes of each part. */
  List<byte[]> parts() {
    var parts = new ArrayList<byte[]>();
    for (int from = 0; from < bytes.length; from += PART) {
      parts.add(Arrays.copyOfRange(bytes, from, Math.min(from + PART, bytes.length)));
    }
    return parts;
  }

  /** The body of the request that begins it. */
  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("size", bytes.length)
            .put("sha256", base64(Sha256.of(bytes)))
            .put("delete_hash", base64(Sha256.of(secret)));
    if (bytes.length > 16 << 20) {
      parts().forEach(part -> json.withArray("/parts").add(base64(Sha256.of(part))));
    }
    return json;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
