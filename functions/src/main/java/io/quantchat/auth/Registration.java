package io.quantchat.auth;

import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.PublicKey;
import io.quantchat.host.Times;
import io.quantchat.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registration, checked.
 *
 * @param password as it was typed
 */
record Registration(
    EmailAddress email,
    String password,
    String username,
    String fullName,
    Optional<String> publicKey,
    List<PublicKey> publicKeys) {

  /**
   * Reads the fields of a registration.
   *
   * @param now when a key was made that doesn't say
   * @throws io.quantchat.http.Problem of kind INVALID that names each field at fault
   */
  static Registration of(Fields fields, Instant now) {
    Optional<EmailAddress> email = AccountFields.newEmail(fields);
    String password = AccountFields.newPassword(fields);
    Optional<String> username = AccountFields.username(fields);
    Optional<String> fullName = AccountFields.fullName(fields);
    Optional<String> publicKey = AccountFields.publicKey(fields);
    List<PublicKey> publicKeys = AccountFields.publicKeys(fields, Times.format(now));
    fields.check();
    String name = username.orElseGet(() -> AccountFields.usernameOf(email.orElseThrow()));
    return new Registration(
        email.orElseThrow(), password, name, fullName.orElse(name), publicKey, publicKeys);
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "Registration[...]";
  }
}
