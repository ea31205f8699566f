package io.quantchat.client.store;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.EcdsaPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.MlDsaPrivateKey;
import io.quantchat.crypto.Secret;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Whose store it is: account, tokens, identity, contacts. */
public final class AccountStore {

  private static final String ACCOUNT = "account";
  private static final String TOKENS = "tokens";
  private static final String ECDSA = "identity-ecdsa";
  private static final String ML_DSA = "identity-mldsa";

  private static final String SERVER_TIME = "server-time";
  private static final String RECOVERY = "recovery";
  private static final String BROUGHT = "brought";
  private static final String LOOKED = "looked";
  private static final String MILLIS = "ms";
  private static final String AGE = "age";
  private static final String CLOCK = "clock_ms";
  private static final String UNSURE = "unsure";

  private static final String USER_ID = "user_id";
  private static final String EMAIL = "email";
  private static final String USERNAME = "username";
  private static final String FULL_NAME = "full_name";
  private static final String ACCESS = "access_token";
  private static final String REFRESH = "refresh_token";
  private static final String EXPIRES = "expires_ms";

  private final Database database;
  private final RowCipher cipher;
  private final SealedJson json;

  AccountStore(Database database, RowCipher cipher, SealedJson json) {
    this.database = database;
    this.cipher = cipher;
    this.json = json;
  }

  /**
   * @throws StoreException where the store is another account's
   */
  public void keep(Account account) {
    boolean another =
        account().map(Account::userId).filter(id -> !id.equals(account.userId())).isPresent();
    if (another) {
      throw new StoreException("This store is another account's: use another file.");
    }
    var map = new LinkedHashMap<String, Object>();
    map.put(USER_ID, account.userId().toString());
    map.put(EMAIL, account.email());
    map.put(USERNAME, account.username());
    map.put(FULL_NAME, account.fullName());
    put(ACCOUNT, json.seal(place(ACCOUNT), map));
  }

  public Optional<Account> account() {
    return get(ACCOUNT)
        .map(bytes -> json.open(place(ACCOUNT), bytes))
        .map(
            map ->
                new Account(
                    UUID.fromString((String) map.get(USER_ID)),
                    (String) map.get(EMAIL),
                    (String) map.get(USERNAME),
                    (String) map.get(FULL_NAME)));
  }

  /** Those that were there before are in none of the files afterwards. */
  public void keep(Tokens tokens) {
    Map<String, Object> map =
        Map.of(
            ACCESS, tokens.access(),
            REFRESH, tokens.refresh(),
            EXPIRES, tokens.expires().toEpochMilli());
    replace(TOKENS, json.seal(place(TOKENS), map));
  }

  public Optional<Tokens> tokens() {
    return get(TOKENS)
        .map(bytes -> json.open(place(TOKENS), bytes))
        .map(
            map ->
                new Tokens(
                    (String) map.get(ACCESS),
                    (String) map.get(REFRESH),
                    Instant.ofEpochMilli(((Number) map.get(EXPIRES)).longValue())));
  }

  /** They are in none of the files afterwards. */
  public void forgetTokens() {
    database.erase("DELETE FROM state WHERE name = ?", TOKENS);
  }

  /** The server's time as it was last known. */
  public Optional<Instant> serverTime() {
    return get(SERVER_TIME)
        .map(bytes -> json.open(place(SERVER_TIME), bytes))
        .map(map -> Instant.ofEpochMilli(((Number) map.get(MILLIS)).longValue()));
  }

  public void keepServerTime(Instant now) {
    put(SERVER_TIME, json.seal(place(SERVER_TIME), Map.of(MILLIS, now.toEpochMilli())));
  }

  /** What time it was for keys, when that was last looked at. */
  public Optional<Age> age() {
    return get(AGE).map(bytes -> json.open(place(AGE), bytes)).map(Age::of);
  }

  public void keep(Age age) {
    put(AGE, json.seal(place(AGE), age.toMap()));
  }

  public void keep(IdentityKeys keys) {
    database.transaction(
        () -> {
          try (Secret ecdsa = keys.ecdsa().toSecret();
              Secret mlDsa = keys.mlDsa().toSecret()) {
            replace(ECDSA, cipher.seal(place(ECDSA), ecdsa.bytes()));
            replace(ML_DSA, cipher.seal(place(ML_DSA), mlDsa.bytes()));
          }
        });
  }

  /** The identity's keys; the caller closes them. */
  public Optional<IdentityKeys> identity() {
    return get(ECDSA)
        .map(
            bytes -> {
              try (Secret ecdsa = Secret.owning(cipher.open(place(ECDSA), bytes));
                  Secret mlDsa =
                      Secret.owning(cipher.open(place(ML_DSA), get(ML_DSA).orElseThrow()))) {
                return new IdentityKeys(EcdsaPrivateKey.of(ecdsa), MlDsaPrivateKey.of(mlDsa));
              }
            });
  }

  /** Replaces all contacts by what the server said. */
  public void keep(List<Contact> contacts) {
    database.transaction(
        () -> {
          database.write("DELETE FROM conversations");
          for (Contact contact : contacts) {
            database.write(
                "INSERT INTO conversations VALUES (?, ?)",
                contact.id(),
                json.seal(contactPlace(contact.id()), contact.entry()));
          }
        });
  }

  /** The server's last word on each contact. */
  public List<Map<String, Object>> contacts() {
    return database.all(
        "SELECT * FROM conversations ORDER BY contact_id",
        row -> json.open(contactPlace(row.id("contact_id")), row.bytes("entry")));
  }

  /** Whether keys of a copy are still to be replaced. */
  public boolean isRecoveryDue() {
    return get(RECOVERY).isPresent();
  }

  public void recoveryDue(boolean due) {
    if (due) {
      put(RECOVERY, json.seal(place(RECOVERY), Map.of()));
    } else {
      database.write("DELETE FROM state WHERE name = ?", RECOVERY);
    }
  }

  /**
   * Whether an account file brought the identity, and what follows from that is still to be done.
   */
  public boolean isBrought() {
    return get(BROUGHT).isPresent();
  }

  public void brought(boolean isBrought) {
    if (isBrought) {
      put(BROUGHT, json.seal(place(BROUGHT), Map.of()));
    } else {
      database.write("DELETE FROM state WHERE name = ?", BROUGHT);
    }
  }

  /** When the directory was last asked what it has of this account's; long ago before the first. */
  public Instant lookedAt() {
    return get(LOOKED)
        .map(bytes -> json.open(place(LOOKED), bytes))
        .map(map -> Instant.ofEpochMilli(((Number) map.get(MILLIS)).longValue()))
        .orElse(Instant.EPOCH);
  }

  public void looked(Instant when) {
    put(LOOKED, json.seal(place(LOOKED), Map.of(MILLIS, when.toEpochMilli())));
  }

  /** What it replaces is a secret. */
  private void replace(String name, byte[] value) {
    database.transaction(
        () -> {
          database.eraseFormer("DELETE FROM state WHERE name = ?", name);
          put(name, value);
        });
  }

  private void put(String name, byte[] value) {
    database.write("INSERT OR REPLACE INTO state VALUES (?, ?)", name, value);
  }

  private Optional<byte[]> get(String name) {
    return database.first(
        "SELECT value FROM state WHERE name = ?", row -> row.bytes("value"), name);
  }

  private static String place(String name) {
    return "state/" + name;
  }

  private static String contactPlace(UUID contactId) {
    return "conversations/" + contactId;
  }

  /**
   * The tokens of a session.
   *
   * @param expires when the access token does
   */
  public record Tokens(String access, String refresh, Instant expires) {

    /** Never what is inside. */
    @Override
    public String toString() {
      return "Tokens[" + expires + "]";
    }
  }

  /**
   * What time it was for keys.
   *
   * @param clock what the clock said then
   * @param unsure by which the clock was put ahead, and that isn't in it yet: milliseconds, by the
   *     day on which that was seen, counted from 1970 on
   */
  public record Age(Instant time, Instant clock, SortedMap<Long, Long> unsure) {

    public Age {
      unsure = Collections.unmodifiableSortedMap(new TreeMap<>(unsure));
    }

    private static Age of(Map<String, Object> map) {
      var unsure = new TreeMap<Long, Long>();
      ((Map<?, ?>) map.get(UNSURE))
          .forEach((day, millis) -> unsure.put(Long.valueOf((String) day), number(millis)));
      return new Age(
          Instant.ofEpochMilli(number(map.get(MILLIS))),
          Instant.ofEpochMilli(number(map.get(CLOCK))),
          unsure);
    }

    private Map<String, Object> toMap() {
      var byDay = new LinkedHashMap<String, Object>();
      unsure.forEach((day, millis) -> byDay.put(day.toString(), millis));
      return Map.of(MILLIS, time.toEpochMilli(), CLOCK, clock.toEpochMilli(), UNSURE, byDay);
    }

    private static long number(Object value) {
      return ((Number) value).longValue();
    }
  }
}
