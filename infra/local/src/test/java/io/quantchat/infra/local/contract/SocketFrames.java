package io.quantchat.infra.local.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The frames of the AsyncAPI document by direction and type. The document is written from the
 * server's side: it receives what clients send, and sends what it pushes or replies.
 */
final class SocketFrames {
  private final ContractDocument asyncApi;
  private final Map<String, JsonPointer> sentByClients = new TreeMap<>();
  private final Map<String, JsonPointer> pushed = new TreeMap<>();

  SocketFrames(ContractDocument asyncApi) {
    this.asyncApi = asyncApi;
    for (JsonNode operation : asyncApi.root().path("operations")) {
      boolean received = operation.path("action").asText().equals("receive");
      collect(operation.path("messages"), received ? sentByClients : pushed);
      collect(operation.at("/reply/messages"), pushed);
    }
  }

  /** An operation names messages of its channel, and those refer to the components. */
  private void collect(JsonNode references, Map<String, JsonPointer> frames) {
    for (JsonNode reference : references) {
      JsonPointer inChannel = JsonPointer.compile(reference.path("$ref").asText().substring(1));
      JsonPointer payload = asyncApi.resolve(inChannel).appendProperty("payload");
      String type = asyncApi.at(payload).at("/properties/type/const").asText();
      JsonPointer other = frames.put(type, payload);
      if (other != null && !other.equals(payload)) {
        throw new AssertionError("Two frames are named " + type + ": " + other + ", " + payload);
      }
    }
  }

  Set<String> typesSentByClients() {
    return sentByClients.keySet();
  }

  Set<String> typesPushed() {
    return pushed.keySet();
  }

  /** Faults of a frame from a client, which may have fields of its own. */
  List<String> faultsOfSent(String type, String frame) {
    JsonPointer schema = sentByClients.get(type);
    return schema == null ? unknown(type) : asyncApi.faults(schema, frame);
  }

  /** Faults of a frame from the server, undocumented fields among them. */
  List<String> faultsOfPushed(String type, String frame) {
    JsonPointer schema = pushed.get(type);
    return schema == null ? unknown(type) : asyncApi.faultsWhenClosed(schema, frame);
  }

  private static List<String> unknown(String type) {
    return List.of("the contract has no frame of type '" + type + "' in this direction");
  }
}
