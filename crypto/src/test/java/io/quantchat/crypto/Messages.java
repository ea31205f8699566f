package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Ann writes to Ben, in a suite and a mode. */
record Messages(Person ann, Person ben, Mode mode) {

  static final String TEXT = "Meet me at the old mill at noon.";
  static final UUID ID = UUID.fromString("019ca8f1-2c00-7abc-8def-0123456789ab");

  static Messages in(Mode mode) {
    Capabilities can =
        mode == Mode.SPK || mode == Mode.SPK_OPK
            ? Capabilities.of(Suite.V1)
            : Capabilities.of(Suite.values());
    return new Messages(new Person("ann", can), new Person("ben", can), mode);
  }

  Envelope seal() {
    return seal(ID, TEXT);
  }

  Envelope seal(UUID id, String text) {
    return seal(new OutgoingMessage(id, ann.now, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What Ann has just written. */
  OutgoingMessage message() {
    return new OutgoingMessage(ID, ann.now, TEXT.getBytes(StandardCharsets.UTF_8));
  }

  Envelope seal(OutgoingMessage message) {
    Optional<OfferedPrekey> prekey =
        mode.isForwardSecret() ? Optional.of(ben.takePrekey()) : Optional.empty();
    Sealed sealed = ann.sealer().seal(ann.pin(ben), prekey, message);
    assertThat(sealed.mode()).isEqualTo(mode);
    return sealed.envelope();
  }

  /** As the recipient gets it. */
  Map<String, Object> wire(Envelope envelope) {
    var wire = new LinkedHashMap<>(envelope.toMap());
    wire.put("sender_id", ann.userId.toString());
    return wire;
  }

  String open(Envelope envelope) {
    try (Opened opened = ben.opener().open(envelope, ben.pin(ann))) {
      return opened.settle(ben::settle);
    }
  }

  String open(Map<String, Object> wire) {
    return open(Envelope.fromMap(wire, ben.userId));
  }

  /** Why it isn't opened; fails where it is. */
  Refusal refusalOf(Map<String, Object> wire) {
    return refusalBy(() -> open(wire));
  }

  Refusal refusalOf(Envelope envelope) {
    return refusalBy(() -> open(envelope));
  }

  static Refusal refusalBy(ThrowingCallable action) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, action);
    assertThat(refused).as("a refusal").isNotNull();
    assertThat(refused).hasMessageContaining(refused.field());
    return refused.refusal();
  }

  /** The map with one member, however deep, replaced; removed for null. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> with(Map<String, Object> wire, Object value, String... path) {
    var changed = new LinkedHashMap<>(wire);
    if (path.length == 1) {
      if (value == null) {
        changed.remove(path[0]);
      } else {
        changed.put(path[0], value);
      }
    } else {
      var inner = (Map<String, Object>) wire.get(path[0]);
      changed.put(path[0], with(inner, value, Arrays.copyOfRange(path, 1, path.length)));
    }
    return changed;
  }

  static String textAt(Map<String, Object> wire, String... path) {
    Object value = wire;
    for (String name : path) {
      value = ((Map<?, ?>) value).get(name);
    }
    return (String) value;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> sessionKey(Map<String, Object> wire) {
    return (Map<String, Object>) wire.get("encrypted_session_key");
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> signatures(Map<String, Object> wire) {
    return (List<Map<String, Object>>) wire.get("signatures");
  }

  /** The signatures with one replaced. */
  static Map<String, Object> withSignature(
      Map<String, Object> wire, int index, String member, Object value) {
    List<Map<String, Object>> signatures = signatures(wire);
    var changed = new ArrayList<>(signatures);
    changed.set(index, with(signatures.get(index), value, member));
    return with(wire, changed, "signatures");
  }
}
