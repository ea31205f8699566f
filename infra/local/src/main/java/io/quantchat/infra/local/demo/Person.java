package io.quantchat.infra.local.demo;

import java.util.Optional;

/**
 * Someone with an account.
 *
 * @param name what the transcript calls them
 * @param id the account's
 * @param email the account's
 * @param password the account's
 * @param token an access token
 */
record Person(String name, String id, String email, String password, String token) {

  Person withToken(String fresh) {
    return new Person(name, id, email, password, fresh);
  }

  /** The access token, as calls want it. */
  Optional<String> bearer() {
    return Optional.of(token);
  }

  /** Never the password or the token. */
  @Override
  public String toString() {
    return name;
  }
}
