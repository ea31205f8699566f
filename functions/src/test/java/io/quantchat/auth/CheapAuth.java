package io.quantchat.auth;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Host;

/** The function that signs, with hashes that take no time: for tests that log in a lot. */
public final class CheapAuth {

  private CheapAuth() {}

  /** The function on this host. */
  public static RequestStreamHandler on(Host host) {
    return new AuthHandler(
        host, new Passwords(new CountingArgon2(), AuthFixture.CHEAP, host.random()));
  }
}
