package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.SignedBundle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The key directory. Nothing that comes from it is believed by itself: signatures are for whoever
 * uses it to verify.
 */
public final class KeyDirectory {

  private static final int NOT_FOUND = 404;

  /** No account has a million. */
  private static final long MOST_LEFT = 1_000_000;

  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final String BUNDLE = "bundle";
  private static final String BATCHES = "batches";

  private final RestClient rest;
  private final Session session;

  KeyDirectory(RestClient rest, Session session) {
    this.rest = rest;
    this.session = session;
  }

  /**
   * Publishes a bundle of one version more than the server's.
   *
   * @return false where the server's is of another version
   */
  public boolean publish(SignedBundle bundle) {
    try {
      session.authorized(
          token -> rest.call("PUT", "/keys/bundle", Optional.of(token), bundle.toMap()));
      return true;
    } catch (ServerRefusalException e) {
      if (e.status() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Uploads a batch; the same again changes nothing.
   *
   * @return false where the server will never take it: it is too old, or from the future
   */
  public boolean upload(PrekeyBatch batch) {
    try {
      session.authorized(
          token -> rest.call("POST", "/keys/prekeys", Optional.of(token), batch.toMap()));
      return true;
    } catch (ServerRefusalException e) {
      if (e.status() == UNPROCESSABLE) {
        return false;
      }
      throw e;
    }
  }

  /** What the server says that it can still hand out of this account's one-time prekeys. */
  public Stock stock() {
    Map<String, Object> count =
        session.authorized(token -> rest.get("/keys/prekeys/count", token)).object();
    long left = Answer.number(count, "one_time");
    if (left < 0 || left > MOST_LEFT) {
      throw new ServerUnreachableException("The server's answer makes no sense.");
    }
    return new Stock(left, Boolean.TRUE.equals(count.get("low")));
  }

  /**
   * Has the server withdraw all of this account's one-time prekeys that nobody has taken; none the
   * second time.
   *
   * @throws ServerRefusalException where it knows no such thing
   */
  public void withdraw() {
    session.authorized(token -> rest.call("DELETE", "/keys/prekeys", token));
  }

  /** Somebody's bundle; nothing where they have none, or still the one of that version. */
  public Optional<SignedBundle> bundle(UUID userId, long knownVersion) {
    String query = knownVersion == 0 ? "" : "?if_version=" + knownVersion;
    try {
      Answer answer =
          session.authorized(token -> rest.get("/keys/" + userId + "/bundle" + query, token));
      return answer.isNotModified()
          ? Optional.empty()
          : Optional.of(SignedBundle.fromMap(answer.object()));
    } catch (ServerRefusalException e) {
      return noneWhereNotFound(e);
    }
  }

  /**
   * Somebody's bundle and some one-time prekeys of theirs, which nobody else gets; nothing where
   * they have no bundle.
   *
   * @param knownVersion of the bundle that is here already, which isn't sent again; 0 for none
   * @throws ServerUnreachableException with a time to wait, where too much was asked for; without
   *     one, where the server is older than this program
   */
  public Optional<Taken> take(UUID userId, int count, long knownVersion) {
    String known = knownVersion == 0 ? "" : "&if_version=" + knownVersion;
    try {
      Map<String, Object> body =
          session
              .authorized(token -> rest.get("/keys/" + userId + "?take=" + count + known, token))
              .object();
      requireBatches(body);
      boolean isKnown = knownVersion != 0 && body.get(BUNDLE) == null;
      return Optional.of(
          new Taken(
              isKnown ? Optional.empty() : Optional.of(bundleOf(body)),
              OfferedPrekeys.fromMap(body).all()));
    } catch (ServerRefusalException e) {
      return noneWhereNotFound(e);
    }
  }

  private static <T> Optional<T> noneWhereNotFound(ServerRefusalException e) {
    if (e.status() == NOT_FOUND) {
      return Optional.empty();
    }
    throw e;
  }

  /** A server of before hands out each prekey with the signatures of its batch. */
  private static void requireBatches(Map<String, Object> body) {
    if (!(body.get(BATCHES) instanceof List)) {
      throw new ServerUnreachableException(
          "The server is older than this program and hands out keys in a form of before: ask who"
              + " runs it to update it.");
    }
  }

  private static SignedBundle bundleOf(Map<String, Object> body) {
    return SignedBundle.fromMap(
        Json.object(body.get(BUNDLE))
            .orElseThrow(() -> new ServerUnreachableException("The server gives no bundle.")));
  }

  /**
   * One-time prekeys that are left.
   *
   * @param isLow whether the server wants more
   */
  public record Stock(long left, boolean isLow) {}

  /**
   * What was handed out.
   *
   * @param bundle nothing where it is the known one
   * @param prekeys none where none are left
   */
  public record Taken(Optional<SignedBundle> bundle, List<OfferedPrekey> prekeys) {}
}
