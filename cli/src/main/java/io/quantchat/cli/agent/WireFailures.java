package io.quantchat.cli.agent;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.AccountFileException;
import io.quantchat.client.model.BrokenTextException;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.MetadataException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.model.StoreInUseException;
import io.quantchat.client.model.WrongPassphraseException;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What callers catch, as JSON: it comes out as what went in, without its causes. */
public final class WireFailures {

  private static final String KIND = "kind";
  private static final String MESSAGE = "message";
  private static final String STATUS = "status";
  private static final String RETRY_AFTER = "retry_after";
  private static final String REFUSAL = "refusal";
  private static final String FIELD = "field";
  private static final String REASON = "reason";

  /** One for each class; what isn't among them is a fault. */
  static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              ServerRefusalException.class,
              failure -> Map.of(STATUS, failure.status()),
              said -> new ServerRefusalException((int) number(said, STATUS), message(said))),
          new Kind<>(
              ServerUnreachableException.class,
              failure ->
                  Map.of(RETRY_AFTER, failure.retryAfter().orElse(Duration.ZERO).toSeconds()),
              said ->
                  new ServerUnreachableException(
                      message(said), Duration.ofSeconds(number(said, RETRY_AFTER)))),
          new Kind<>(
              RefusedException.class,
              failure -> Map.of(REFUSAL, failure.refusal().name(), FIELD, failure.field()),
              said ->
                  new RefusedException(
                      Refusal.valueOf(Json.string(said, REFUSAL).orElseThrow()),
                      Json.string(said, FIELD).orElseThrow())),
          new Kind<>(
              LoginRequiredException.class,
              failure -> Map.of(),
              said -> new LoginRequiredException()),
          new Kind<>(
              WrongPassphraseException.class,
              failure -> Map.of(),
              said -> new WrongPassphraseException()),
          Kind.ofWords(DamagedException.class, DamagedException::new),
          Kind.ofWords(StoreInUseException.class, StoreInUseException::new),
          Kind.ofWords(StoreException.class, StoreException::new),
          new Kind<>(
              AccountFileException.class,
              failure -> Map.of(REASON, failure.reason().name()),
              said ->
                  new AccountFileException(
                      AccountFileException.Reason.valueOf(Json.string(said, REASON).orElseThrow()),
                      message(said))),
          Kind.ofWords(ImportException.class, ImportException::new),
          Kind.ofWords(FileException.class, FileException::new),
          Kind.ofWords(MetadataException.class, MetadataException::new),
          Kind.ofWords(AgentLostException.class, AgentLostException::new),
          new Kind<>(
              BrokenTextException.class, failure -> Map.of(), said -> new BrokenTextException()),
          Kind.ofWords(IllegalArgumentException.class, IllegalArgumentException::new),
          Kind.ofWords(IllegalStateException.class, IllegalStateException::new));

  private WireFailures() {}

  /** One class of failures. */
  record Kind<T extends Throwable>(
      Class<T> type,
      Function<T, Map<String, ?>> details,
      Function<Map<String, Object>, RuntimeException> reader) {

    static <T extends Throwable> Kind<T> ofWords(
        Class<T> type, Function<String, RuntimeException> reader) {
      return new Kind<>(type, failure -> Map.of(), said -> reader.apply(message(said)));
    }

    Map<String, Object> written(Throwable failure) {
      var written = new LinkedHashMap<String, Object>();
      written.put(KIND, type.getSimpleName());
      written.put(MESSAGE, String.valueOf(failure.getMessage()));
      written.putAll(details.apply(type.cast(failure)));
      return written;
    }
  }

  /** A failure as JSON. */
  public static Map<String, Object> write(Throwable failure) {
    return KINDS.stream()
        .filter(kind -> kind.type() == failure.getClass())
        .findFirst()
        .map(kind -> kind.written(failure))
        .orElseGet(() -> Map.of(KIND, failure.getClass().getSimpleName()));
  }

  /**
   * The failure that was written.
   *
   * @throws IllegalArgumentException where none can be read
   */
  public static RuntimeException read(Map<String, Object> written) {
    String name = kind(written);
    Optional<Kind<?>> known =
        KINDS.stream().filter(kind -> kind.type().getSimpleName().equals(name)).findFirst();
    return known.isPresent() ? known.get().reader().apply(written) : new RemoteFaultException(name);
  }

  private static String kind(Map<String, Object> written) {
    return Json.string(written, KIND)
        .orElseThrow(() -> new IllegalArgumentException("A failure has no kind"));
  }

  private static String message(Map<String, Object> written) {
    return Json.string(written, MESSAGE).orElse("");
  }

  private static long number(Map<String, Object> written, String name) {
    return written.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
