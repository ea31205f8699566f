package io.quantchat.keys;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.http.Problem;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Publishing one-time prekeys, counting them, and taking those of others. */
final class Prekeys {

  /** The most that one request takes. */
  static final int MOST_TAKEN = OfferedPrekeys.MOST;

  /** How far the clock of who signs may be ahead. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /**
   * A batch that was uploaded.
   *
   * @param isNew whether it was opened just now
   * @param stock what the account has now
   */
  record Uploaded(Batch batch, boolean isNew, Stock stock) {}

  private final BundleStore bundles;
  private final BatchStore batches;
  private final PrekeyStore prekeys;
  private final AccountStore accounts;
  private final Handouts handouts;
  private final Allowances allowances;
  private final Limits limits;
  private final Clock clock;

  /** The prekeys in a host's tables. */
  static Prekeys of(Host host) {
    Limits limits = Limits.of(host);
    return new Prekeys(
        BundleStore.of(host),
        BatchStore.of(host),
        PrekeyStore.of(host),
        AccountStore.of(host),
        Handouts.of(host),
        Allowances.of(host, limits),
        limits,
        host.clock());
  }

  private Prekeys(
      BundleStore bundles,
      BatchStore batches,
      PrekeyStore prekeys,
      AccountStore accounts,
      Handouts handouts,
      Allowances allowances,
      Limits limits,
      Clock clock) {
    this.bundles = bundles;
    this.batches = batches;
    this.prekeys = prekeys;
    this.accounts = accounts;
    this.handouts = handouts;
    this.allowances = allowances;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Opens a batch to all who ask: every prekey of it at once, or none. The same again changes
   * nothing, also if some of it was handed out meanwhile.
   *
   * @throws Problem FORBIDDEN for another's, CONFLICT without a bundle or for another batch of that
   *     id, INVALID for one that is void already or too many
   * @throws io.quantchat.crypto.RefusedException for what isn't signed by the bundle's identity
   */
  Uploaded upload(String userId, PrekeyBatch uploaded) {
    if (!uploaded.userId().toString().equals(userId)) {
      throw Bundles.anothers();
    }
    Future<Boolean> charged = limits.begin(Limit.KEY_UPLOADS, userId, 1);
    var published = Parallel.start(() -> bundles.find(userId, Read.CONSISTENT));
    List<Batch> all = batches.allOf(userId, Read.CONSISTENT);
    Parallel.await(charged);
    PublishedBundle bundle = Parallel.await(published).orElseThrow(Prekeys::noBundle);
    var identity = SignedBundle.fromMap(PackedJson.toMap(bundle.json())).bundle().identity();
    uploaded.verify(identity);
    Instant now = clock.instant();
    var batch = Batch.of(uploaded, identity);
    List<Batch> good = all.stream().filter(one -> one.isGoodUnder(bundle, now)).toList();
    Optional<Batch> earlier =
        all.stream().filter(one -> one.batchId().equals(batch.batchId())).findFirst();
    if (earlier.isPresent()) {
      return repeated(earlier.get(), batch, good);
    }
    requireAcceptable(batch, all.size(), Stock.of(good), now);
    prekeys.write(batch, uploaded.offers());
    return batches
        .open(batch)
        .map(there -> repeated(there, batch, good))
        .orElseGet(
            () -> new Uploaded(batch, true, new Stock(Stock.of(good).oneTime() + batch.size())));
  }

  private static Uploaded repeated(Batch there, Batch uploaded, List<Batch> good) {
    if (!there.name().equals(uploaded.name())) {
      throw Problem.of(
          Problem.Kind.CONFLICT,
          "There is another batch of this batch_id: sign the batch with a new one.");
    }
    return new Uploaded(there, false, Stock.of(good));
  }

  private static void requireAcceptable(Batch batch, int batches, Stock stock, Instant now) {
    if (batch.created().isAfter(now.plus(CLOCK_SKEW)) || !now.isBefore(batch.goodUntil())) {
      String detail =
          "must be now: a batch is handed out for "
              + Batch.LIFE.toDays()
              + " days from then. Set your clock, and sign the batch again";
      throw Problem.invalid(
          List.of(new Problem.FieldError("created_at", detail, Optional.of(Problem.Code.CLOCK))));
    }
    if (batches >= BatchStore.MOST) {
      throw Problem.invalid(
          "batch_id",
          "would be of one batch too many: an account has at most "
              + BatchStore.MOST
              + " in "
              + Batch.LIFE.toDays()
              + " days. Sign more prekeys in each");
    }
    if (stock.oneTime() + batch.size() > Stock.MOST) {
      throw Problem.invalid(
          "prekeys",
          "would be too many: an account has at most "
              + Stock.MOST
              + " that nobody has taken, and you have "
              + stock.oneTime());
    }
  }

  /**
   * Withdraws what an account has to hand out, as after its keys were stolen. Two round trips. Who
   * was handed a prekey before has it.
   *
   * @return how many prekeys it was; none the second time
   */
  int withdraw(String userId) {
    Future<Boolean> charged = limits.begin(Limit.KEY_UPLOADS, userId, 1);
    List<Batch> all = batches.allOf(userId, Read.CONSISTENT);
    Parallel.await(charged);
    Instant now = clock.instant();
    List<Batch> left =
        all.stream().filter(batch -> batch.left() > 0 && now.isBefore(batch.goodUntil())).toList();
    return Parallel.map(left, batches::withdraw).stream().mapToInt(Integer::intValue).sum();
  }

  /** The stock that an account still has to hand out; nothing without a bundle. One round trip. */
  Stock count(String userId) {
    Instant now = clock.instant();
    var published = Parallel.start(() -> bundles.find(userId, Read.CONSISTENT));
    List<Batch> all = batches.allOf(userId, Read.CONSISTENT);
    return Parallel.await(published)
        .map(bundle -> all.stream().filter(batch -> batch.isGoodUnder(bundle, now)).toList())
        .map(Stock::of)
        .orElse(new Stock(0));
  }

  /**
   * The keys that somebody needs to write to an account. Two round trips, three for a stranger.
   *
   * <p>Who has had their share ({@link Allowances}) is given no one-time prekey, as where there are
   * none: whoever drains an account keeps nobody from writing to it.
   *
   * @param wanted one-time prekeys, 1 to {@link #MOST_TAKEN}
   * @throws Problem NOT_FOUND if there is no bundle, TOO_MANY for who asks
   */
  Taken take(String userId, String takerId, int wanted) {
    Instant now = clock.instant();
    Future<Boolean> chargedTaker = limits.begin(Limit.PREKEYS_OF_REQUESTER, takerId, wanted);
    Allowances.Share share = allowances.shareOf(takerId, userId, wanted);
    var found = Parallel.start(() -> accounts.find(userId, Read.EVENTUAL));
    var published = Parallel.start(() -> bundles.find(userId, Read.EVENTUAL));
    List<Batch> all = batches.allOf(userId, Read.EVENTUAL);
    Parallel.await(chargedTaker);
    Account account = Parallel.await(found).orElseThrow(Bundles::noKeys);
    PublishedBundle bundle =
        Parallel.await(published).filter(one -> one.isGoodAt(now)).orElseThrow(Bundles::noKeys);
    if (!share.allows(account.hasBlocked(takerId))) {
      return new Taken(bundle, List.of());
    }
    List<Batch> good = all.stream().filter(batch -> batch.isGoodUnder(bundle, now)).toList();
    return new Taken(bundle, handouts.handOut(userId, good, wanted));
  }

  private static Problem noBundle() {
    return Problem.of(
        Problem.Kind.CONFLICT, "You have no bundle yet: publish one by PUT /keys/bundle first.");
  }
}
