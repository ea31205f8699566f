package io.quantchat.client;

import com.sun.net.httpserver.HttpExchange;
import io.quantchat.client.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The relay's files, and the storage behind them, whose lines are cut where a test wants that. */
final class TestMedia {

  private static final int PART = 8 << 20;
  private static final long SINGLE = 16L << 20;
  private static final Map<String, String> HEADERS =
      Map.of("content-type", "application/octet-stream");

  private final Map<String, Stored> stored = new ConcurrentHashMap<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong begun = new AtomicLong();

  /** So many bytes more go up, or come down, before the line is cut; none is cut below 0. */
  private final AtomicLong upUntilCut = new AtomicLong(-1);

  private final AtomicLong downUntilCut = new AtomicLong(-1);

  private final AtomicLong untilHeld = new AtomicLong();

  /** What is held back goes on when this is counted down. */
  private volatile CountDownLatch held = new CountDownLatch(0);

  private volatile long single = SINGLE;
  private volatile Map<String, String> headers = HEADERS;
  private volatile int refusal;
  private volatile int storageRefusal;
  private volatile UnaryOperator<byte[]> altering = UnaryOperator.identity();

  private static final class Stored {
    final int size;
    final byte[] sha256;
    final byte[] deleteHash;
    final List<byte[]> parts;
    final Map<Integer, byte[]> got = new ConcurrentHashMap<>();
    volatile boolean completed;
    volatile boolean givenUp;

    Stored(Map<String, Object> request) {
      size = ((Number) request.get("size")).intValue();
      sha256 = bytes(request.get("sha256"));
      deleteHash = bytes(request.get("delete_hash"));
      parts =
          request.get("parts") instanceof List<?> list
              ? list.stream().map(TestMedia::bytes).toList()
              : List.of();
    }

    boolean isMultipart() {
      return !parts.isEmpty();
    }

    int count() {
      return Math.max(1, parts.size());
    }

    byte[] hash(int number) {
      return isMultipart() ? parts.get(number - 1) : sha256;
    }

    int offset(int number) {
      return (number - 1) * PART;
    }

    int sizeOf(int number) {
      return isMultipart() ? Math.min(PART, size - offset(number)) : size;
    }

    boolean isThere() {
      return isMultipart() ? completed : got.containsKey(1);
    }

    byte[] whole() {
      var whole = new byte[size];
      got.forEach((number, part) -> System.arraycopy(part, 0, whole, offset(number), part.length));
      return whole;
    }
  }

  /** The line is cut once so many bytes more went up. */
  void cutUpAfter(long bytes) {
    upUntilCut.set(bytes);
  }

  void cutDownAfter(long bytes) {
    downUntilCut.set(bytes);
  }

  /** From now on all that goes up or comes down stands still. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** All stands still once so many bytes more have gone either way. */
  void holdAfter(long bytes) {
    held = new CountDownLatch(1);
    untilHeld.set(bytes);
  }

  private void await(int some) throws InterruptedException {
    if (untilHeld.addAndGet(-some) <= 0) {
      held.await();
    }
  }

  /** What stands still goes on. */
  void release() {
    held.countDown();
  }

  /** Its operator has more or fewer bytes put at once than is usual. */
  void putAtOnce(long most) {
    single = most;
  }

  /** What is to be sent with a part, besides its checksum. */
  void have(Map<String, String> wanted) {
    headers = wanted;
  }

  /** Asking for a way up is answered with this status. */
  void refuse(int status) {
    refusal = status;
  }

  /** The storage answers with this status. */
  void refuseAtStorage(int status) {
    storageRefusal = status;
  }

  void alter(UnaryOperator<byte[]> with) {
    altering = with;
  }

  /** All that was there was given up, or is over. */
  void forgetAll() {
    stored.clear();
  }

  void giveUpAll() {
    stored.values().forEach(each -> each.givenUp = true);
  }

  int count() {
    return stored.size();
  }

  /** How often a way up was asked for. */
  long begun() {
    return begun.get();
  }

  long received() {
    return received.get();
  }

  long sent() {
    return sent.get();
  }

  void restore() {
    held.countDown();
    upUntilCut.set(-1);
    downUntilCut.set(-1);
    single = SINGLE;
    headers = HEADERS;
    refusal = 0;
    storageRefusal = 0;
    altering = UnaryOperator.identity();
    stored.clear();
    received.set(0);
    sent.set(0);
    begun.set(0);
  }

  void route(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      if (path.length == 2) {
        begin(exchange, Json.read(body).flatMap(Json::object).orElseThrow());
        return;
      }
      Stored media = stored.get(path[2]);
      String method = exchange.getRequestMethod() + (path.length > 3 ? " " + path[3] : "");
      if (media == null || (method.equals("GET") && !media.isThere())) {
        answer(exchange, 404, Map.of("detail", "There is no such file."));
      } else if (media.givenUp && !method.equals("GET")) {
        answer(exchange, 410, Map.of("detail", "It was given up."));
      } else {
        route(exchange, method, path[2], media, body);
      }
    }
  }

  private void route(HttpExchange exchange, String method, String id, Stored media, String body)
      throws IOException {
    switch (method) {
      case "POST parts" -> answer(exchange, 200, links(id, media));
      case "POST complete" -> {
        boolean isWhole = media.got.size() == media.count();
        media.completed |= isWhole;
        answer(exchange, isWhole ? 204 : 409, Map.of());
      }
      case "GET" ->
          answer(
              exchange,
              200,
              Map.of(
                  "media_id", id,
                  "size", media.size,
                  "sha256", text(media.sha256),
                  "expires_at", Instant.now().plusSeconds(600_000).toString(),
                  "download", Map.of("method", "GET", "url", "/objects/" + id)));
      case "DELETE" -> {
        byte[] secret = bytes(Json.read(body).flatMap(Json::object).orElseThrow().get("secret"));
        boolean isRight = Arrays.equals(sha256(secret), media.deleteHash);
        if (isRight) {
          stored.remove(id);
        }
        answer(exchange, isRight ? 204 : 403, Map.of());
      }
      default -> answer(exchange, 405, Map.of());
    }
  }

  private void begin(HttpExchange exchange, Map<String, Object> request) throws IOException {
    if (refusal != 0) {
      answer(exchange, refusal, Map.of("detail", "No more files today."));
      return;
    }
    var media = new Stored(request);
    if (media.parts.isEmpty() == (media.size > single)) {
      answer(exchange, 422, Map.of("detail", "These fields are wrong: parts."));
      return;
    }
    begun.incrementAndGet();
    var bytes = new byte[32];
    new Random().nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    stored.put(id, media);
    answer(exchange, 201, links(id, media));
  }

  private Map<String, Object> links(String id, Stored media) {
    var parts = new ArrayList<Map<String, Object>>();
    for (int number = 1; number <= media.count(); number++) {
      if (!media.completed && !(media.isMultipart() && media.got.containsKey(number))) {
        parts.add(
            Map.of(
                "number",
                number,
                "offset",
                media.offset(number),
                "size",
                media.sizeOf(number),
                "method",
                "PUT",
                "url",
                "/objects/" + id + "?part=" + number,
                "headers",
                headersOf(media, number)));
      }
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("media_id", id);
    body.put("expires_at", Instant.now().plusSeconds(604_800).toString());
    body.put("upload", Map.of("multipart", media.isMultipart(), "parts", parts));
    return body;
  }

  private Map<String, String> headersOf(Stored media, int number) {
    var all = new LinkedHashMap<>(headers);
    all.put("x-amz-checksum-sha256", text(media.hash(number)));
    return all;
  }

  void object(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring("/objects/".length());
      Stored media = stored.get(id);
      if (storageRefusal != 0 || media == null) {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(media == null ? 404 : storageRefusal, -1);
      } else if (exchange.getRequestMethod().equals("PUT")) {
        put(exchange, media);
      } else {
        get(exchange, media);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(HttpExchange exchange, Stored media) throws IOException, InterruptedException {
    int number = Integer.parseInt(exchange.getRequestURI().getQuery().substring("part=".length()));
    var part = new byte[media.sizeOf(number)];
    int size = 0;
    InputStream body = exchange.getRequestBody();
    while (size < part.length) {
      await(0);
      int some = body.read(part, size, Math.min(part.length - size, 64 * 1024));
      if (some < 0) {
        return;
      }
      size += some;
      received.addAndGet(some);
      await(some);
      if (isCut(upUntilCut, some)) {
        return;
      }
    }
    boolean isRight =
        body.read() < 0
            && Arrays.equals(sha256(part), media.hash(number))
            && exchange
                .getRequestHeaders()
                .getFirst("x-amz-checksum-sha256")
                .equals(text(media.hash(number)));
    if (isRight) {
      media.got.put(number, part);
    }
    exchange.sendResponseHeaders(isRight ? 200 : 400, -1);
  }

  private void get(HttpExchange exchange, Stored media) throws IOException, InterruptedException {
    byte[] whole = altering.apply(media.whole());
    int from =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
            .map(range -> Integer.parseInt(range.substring(6, range.length() - 1)))
            .orElse(0);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, whole.length - from);
    for (int at = from; at < whole.length; at += 64 * 1024) {
      await(0);
      int some = Math.min(whole.length - at, 64 * 1024);
      exchange.getResponseBody().write(whole, at, some);
      sent.addAndGet(some);
      await(some);
      if (isCut(downUntilCut, some)) {
        exchange.getResponseBody().flush();
        throw new IOException("cut");
      }
    }
  }

  private static boolean isCut(AtomicLong until, int some) {
    return until.get() >= 0 && until.getAndUpdate(left -> left <= some ? -1 : left - some) <= some;
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = body.isEmpty() ? new byte[0] : Json.write(body);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(Object text) {
    return Base64.getDecoder().decode((String) text);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
