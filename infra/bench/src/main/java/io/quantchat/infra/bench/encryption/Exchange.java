package io.quantchat.infra.bench.encryption;

import io.quantchat.client.json.Json;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.MessageOpener;
import io.quantchat.crypto.MessageSealer;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.Opened;
import io.quantchat.crypto.OutgoingMessage;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.Sealed;
import io.quantchat.crypto.Suite;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Two people who write to each other in one suite, each message under a one-time prekey. */
final class Exchange {

  /** 200 characters. */
  static final String TEXT = "I'll be at the old mill at noon. ".repeat(7).substring(0, 200);

  private static final int BATCH = 128;

  /** So many messages take turns: no call finds what the last one has left in a cache. */
  private static final int MESSAGES = 16;

  private final Account writer;
  private final Account reader;
  private final Instant now;
  private final Clock clock;
  private final SecureRandom random;
  private final MessageSealer sealer;
  private final MessageOpener opener;
  private final Peer asReaderIsSeen;
  private final Peer asWriterIsSeen;
  private final PrekeyBatch batch;
  private final List<String> prekeys = new ArrayList<>();
  private final List<String> arriving = new ArrayList<>();
  private int turn;

  Exchange(Suite suite, Instant instant, SecureRandom random) {
    this.now = instant.truncatedTo(ChronoUnit.MILLIS);
    this.clock = Clock.fixed(now, ZoneOffset.UTC);
    this.random = random;
    this.writer = new Account(Capabilities.of(suite), now, random);
    this.reader = new Account(Capabilities.of(suite), now, random);
    this.asReaderIsSeen = Peer.pin(reader.userId, reader.bundle, now);
    this.asWriterIsSeen = Peer.pin(writer.userId, writer.bundle, now);
    this.sealer = newSealer();
    this.opener = new MessageOpener(reader.userId, reader, clock);
    this.batch = reader.newBatch(BATCH, now);
    for (OfferedPrekey offer : batch.offers().subList(0, MESSAGES)) {
      prekeys.add(json(offer.toMap()));
    }
    for (int i = 0; i < MESSAGES; i++) {
      Map<String, Object> pushed = new LinkedHashMap<>(object(json(seal(sealer))));
      pushed.put("sender_id", writer.userId.toString());
      arriving.add(json(pushed));
    }
  }

  /** A prekey's JSON and a text become a request's JSON. */
  byte[] send() {
    return Json.write(seal(sealer));
  }

  /** The same under the first prekey of a batch, whose signatures are verified then. */
  byte[] sendFirstOfBatch() {
    return Json.write(seal(newSealer()));
  }

  /** A pushed message's JSON becomes a text. */
  String receive() {
    Envelope envelope = Envelope.fromMap(object(next(arriving)), reader.userId);
    try (Opened opened = opener.open(envelope, asWriterIsSeen)) {
      return opened.settle(received -> new String(received.plaintext(), StandardCharsets.UTF_8));
    }
  }

  Account writer() {
    return writer;
  }

  Account reader() {
    return reader;
  }

  PrekeyBatch batch() {
    return batch;
  }

  Instant now() {
    return now;
  }

  private Map<String, Object> seal(MessageSealer by) {
    var message =
        new OutgoingMessage(UUID.randomUUID(), now, TEXT.getBytes(StandardCharsets.UTF_8));
    var prekey = OfferedPrekey.fromMap(object(next(prekeys)));
    Sealed sealed = by.seal(asReaderIsSeen, Optional.of(prekey), message);
    return sealed.envelope().toMap();
  }

  private MessageSealer newSealer() {
    return new MessageSealer(
        writer.userId,
        writer.identityKeys,
        writer.bundle.bundle().capabilities(),
        prekey -> false,
        clock,
        random);
  }

  private String next(List<String> texts) {
    turn = (turn + 1) % MESSAGES;
    return texts.get(turn);
  }

  static String json(Map<String, ?> object) {
    return new String(Json.write(object), StandardCharsets.UTF_8);
  }

  static Map<String, Object> object(String json) {
    return Json.read(json).flatMap(Json::object).orElseThrow();
  }
}
