package io.quantchat.client.store;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON objects, sealed. */
final class SealedJson {

  private final RowCipher cipher;

  SealedJson(RowCipher cipher) {
    this.cipher = cipher;
  }

  byte[] seal(String place, Map<String, ?> object) {
    try {
      return cipher.seal(place, Json.write(object));
    } catch (IllegalArgumentException e) {
      throw new StoreException("This can't be kept as JSON.", e);
    }
  }

  Map<String, Object> open(String place, byte[] sealed) {
    return Json.read(new String(cipher.open(place, sealed), StandardCharsets.UTF_8))
        .flatMap(Json::object)
        .orElseThrow(() -> new DamagedException("The store is damaged: a part of it is no JSON."));
  }
}
