package io.quantchat.limits;

import java.time.Duration;
import java.util.Locale;

/**
 * How often anybody may do anything: every limit there is, with its default. Its name in lower case
 * and with hyphens is the policy's name in answers ({@code RateLimit-Policy}) and in the variable
 * {@code LIMITS}, by which the template's parameters turn it.
 */
public enum Limit {
  // ---- whoever has no account yet, or doesn't say which
  /** Accounts made. */
  REGISTRATIONS(Per.ADDRESS, 20, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Passwords tried, right ones too: it bounds what hashing costs. */
  LOGINS_OF_ADDRESS(Per.ADDRESS, 300, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Passwords tried at one account before each further try waits: see {@link Tries}. */
  TRIES(Per.PAIR, 10, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** Wrong passwords at one account, from everywhere, until tries at it wait sooner. */
  WRONG_PASSWORDS(Per.ACCOUNT, 100, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** Mails asked for, such as those for a forgotten password. */
  MAILS_OF_ADDRESS(Per.ADDRESS, 20, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Mails to one mailbox, whoever asks for them; more are not sent, and nobody is told. */
  MAILS_TO_RECIPIENT(Per.RECIPIENT, 5, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Tokens and codes of mails that are shown, right ones too. */
  PROOFS(Per.ADDRESS, 60, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Sessions refreshed or ended, and other requests that bring no access token. */
  REFRESHES(Per.ADDRESS, 1_200, Duration.ofMinutes(1), Failing.OPEN, Counting.ONE_IN_32),

  // ---- accounts
  /** Addresses looked up to add a contact: it keeps accounts from being found by trying. */
  LOOKUPS(Per.ACCOUNT, 100, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Messages sent. */
  SENDS(Per.ACCOUNT, 600, Duration.ofMinutes(1), Failing.OPEN, Counting.ONE_IN_32),
  /** Messages sent in a day, which bounds what one account costs. */
  SENDS_OF_DAY(Per.ACCOUNT, 20_000, Duration.ofDays(1), Failing.OPEN, Counting.ONE_IN_64),
  /** What a stranger sends to one recipient: see the relay's {@code Admission} for its units. */
  STRANGER(Per.PAIR, 128, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** What all strangers together send to one recipient, in the same units. */
  STRANGERS_OF_RECIPIENT(Per.RECIPIENT, 512, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** Typing, receipts and pings: what is told over a socket and nobody keeps. */
  SIGNALS(Per.ACCOUNT, 600, Duration.ofMinutes(1), Failing.OPEN, Counting.ONE_IN_32),
  /** Sockets open at once: whoever opens another loses the oldest. */
  SOCKETS(Per.ACCOUNT, 10, Duration.ZERO, Failing.OPEN, Counting.AT_ONCE),
  /** Sockets opened. */
  CONNECTS(Per.ACCOUNT, 120, Duration.ofMinutes(1), Failing.OPEN, Counting.ONE_IN_16),
  /** Requests for what has been stored, such as pending messages or contacts. */
  READS(Per.ACCOUNT, 1_200, Duration.ofMinutes(1), Failing.OPEN, Counting.ONE_IN_32),

  // ---- keys
  /** One-time prekeys that an account asks for, of all others together. */
  PREKEYS_OF_REQUESTER(Per.ACCOUNT, 600, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** One-time prekeys of one account that another is given: more than a conversation takes. */
  PREKEYS_OF_PAIR(Per.PAIR, 200, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** One-time prekeys of one account that a stranger, whom it hasn't added, is given. */
  PREKEYS_OF_STRANGER(Per.PAIR, 10, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /**
   * One-time prekeys of an account that all strangers together are given. These three keep prekeys
   * from being drained, and never keep anybody from writing: there is the last-resort key.
   */
  PREKEYS_OF_STRANGERS(Per.RECIPIENT, 100, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** Bundles and batches of prekeys that an account publishes. */
  KEY_UPLOADS(Per.ACCOUNT, 60, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),
  /** Pages of what is held of an account, which read some megabytes each. */
  EXPORTS(Per.ACCOUNT, 200, Duration.ofHours(1), Failing.CLOSED, Counting.EXACT),

  // ---- attachments
  /** Attachments whose upload an account begins. */
  MEDIA_UPLOADS(Per.ACCOUNT, 200, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** Mebibytes of them, each attachment's rounded up: it bounds what is stored. */
  MEDIA_UPLOAD_MEBIBYTES(Per.ACCOUNT, 1_024, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /**
   * Mebibytes of attachments that an account is given links to get, each attachment's rounded up.
   */
  MEDIA_DOWNLOAD_MEBIBYTES(Per.ACCOUNT, 4_096, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT),
  /** New links for uploads that last, and completions: each asks the bucket. */
  MEDIA_STEPS(Per.ACCOUNT, 2_000, Duration.ofDays(1), Failing.CLOSED, Counting.EXACT);

  /** Whose uses are counted together. */
  enum Per {
    /** An account's id. */
    ACCOUNT,
    /** Where a request comes from: {@link io.quantchat.http.SourceAddress}. */
    ADDRESS,
    /** Who does it and to whom: {@link Limits#pair}. */
    PAIR,
    /** Whom it is done to, whoever does it. */
    RECIPIENT
  }

  /** What becomes of a use that can't be counted. */
  enum Failing {
    /** It is refused as a fault of ours, 503. */
    CLOSED,
    /** It is let through. */
    OPEN
  }

  /**
   * How exactly uses are counted. A sampled limit costs 1/step of a write for a use, and is
   * overshot by at most {@code step - 1} uses for each execution environment that counts: each
   * writes once for so many uses of a subject.
   */
  enum Counting {
    /** Each use is written, and none too many is let through. */
    EXACT(1),
    /** Nothing is written: whoever keeps what there may be so many of looks how many there are. */
    AT_ONCE(0),
    ONE_IN_16(16),
    ONE_IN_32(32),
    ONE_IN_64(64);

    private final int step;

    Counting(int step) {
      this.step = step;
    }

    /** Uses of one write. */
    int step() {
      return step;
    }

    boolean isExact() {
      return this == EXACT;
    }
  }

  private final Per per;
  private final int most;
  private final Duration window;
  private final Failing failing;
  private final Counting counting;

  Limit(Per per, int most, Duration window, Failing failing, Counting counting) {
    this.per = per;
    this.most = most;
    this.window = window;
    this.failing = failing;
    this.counting = counting;
  }

  /** Its name for programs and operators, such as {@code prekeys-of-pair}. */
  String policy() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whose uses are counted together. */
  Per per() {
    return per;
  }

  /** Uses of one window where no operator says otherwise. */
  public int most() {
    return most;
  }

  /** The length of a window; the first began with 1970. */
  public Duration window() {
    return window;
  }

  /** What becomes of a use that can't be counted. */
  Failing failing() {
    return failing;
  }

  /** Whether there are rows of it. */
  boolean isWritten() {
    return counting != Counting.AT_ONCE;
  }

  /** How exactly uses are counted. */
  Counting counting() {
    return counting;
  }
}
