package io.quantchat.client.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/** JSON objects, sealed. */
final class SealedJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final RowCipher cipher;

  SealedJson(RowCipher cipher) {
    this.cipher = cipher;
  }

  byte[] seal(String place, Map<String, ?> object) {
    try {
      return cipher.seal(place, JSON.writeValueAsBytes(object));
    } catch (JsonProcessingException e) {
      throw new StoreException("This can't be kept as JSON.", e);
    }
  }

  Map<String, Object> open(String place, byte[] sealed) {
    try {
      return JSON.readValue(cipher.open(place, sealed), OBJECT);
    } catch (IOException e) {
      throw new DamagedException("The store is damaged: a part of it is no JSON.", e);
    }
  }
}
