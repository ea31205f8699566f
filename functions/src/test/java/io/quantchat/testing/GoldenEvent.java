package io.quantchat.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Events as AWS hands them to a function, with every member that they are known to have. */
public enum GoldenEvent {
  REST_REQUEST,
  REST_REQUEST_WITH_PARAMETERS,
  REST_REQUEST_WITH_BODY,
  REST_REQUEST_IN_BASE64,
  SOCKET_AUTHORIZER,
  SOCKET_CONNECT,
  SOCKET_MESSAGE,
  SOCKET_DISCONNECT;

  /** AWS's types lack some members of AWS's events. */
  private static final ObjectMapper LENIENT =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final Map<GoldenEvent, ObjectNode> READ = new ConcurrentHashMap<>();

  /** The event, to be changed. */
  public ObjectNode json() {
    return READ.computeIfAbsent(this, GoldenEvent::readFile).deepCopy();
  }

  private ObjectNode readFile() {
    String file = "/events/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    try (InputStream in = GoldenEvent.class.getResourceAsStream(file)) {
      return (ObjectNode) Json.MAPPER.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The event as one of AWS's types reads it. */
  public <T> T as(Class<T> type) {
    return LENIENT.convertValue(json(), type);
  }

  /** The values in one of our records, by the names of its components. */
  public static Map<String, Object> valuesOf(Record read) {
    var values = new TreeMap<String, Object>();
    for (RecordComponent component : read.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      try {
        values.put(component.getName(), component.getAccessor().invoke(read));
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return values;
  }
}
