package io.quantchat.contacts;

import io.quantchat.accounts.EmailAddress;
import io.quantchat.host.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Which e-mail address somebody gave of a contact: who added by id has none, and is shown none. It
 * is kept as a mark, not as the address: what belongs to one account stands in no other's rows, and
 * an address that a contact took later is shown to nobody who hasn't given that one, too.
 *
 * @param mark of the address; empty for entries from before marks were kept, of which it isn't
 *     known how they were made: they show the address as they always did
 */
record GivenEmail(Optional<String> mark) {

  /** The mark of entries that were made without an address; no base64url looks like it. */
  private static final String WITHOUT = "-";

  /** Bytes of a mark: enough that no other address has the same by chance. */
  private static final int BYTES = 12;

  /** No address was given. */
  static final GivenEmail NONE = new GivenEmail(Optional.of(WITHOUT));

  /** This address was given, in whatever spelling. */
  static GivenEmail of(String email) {
    return new GivenEmail(Optional.of(markOf(email)));
  }

  /** Whether an account's address may be shown to who gave this one. */
  boolean shows(String email) {
    return mark.isEmpty() || mark.get().equals(markOf(email));
  }

  private static String markOf(String email) {
    String canonical = EmailAddress.keysOf(email).stream().findFirst().orElse(email);
    byte[] mark = Arrays.copyOf(Sha256.of(canonical), BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mark);
  }
}
