package io.quantchat.auth;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real Argon2id, which remembers what each computation cost. */
final class CountingArgon2 implements Argon2 {

  private final Argon2 argon2 = new BouncyCastleArgon2();
  private final List<Cost> computations = new CopyOnWriteArrayList<>();

  @Override
  public byte[] compute(byte[] password, byte[] salt, Cost cost, int length) {
    computations.add(cost);
    return argon2.compute(password, salt, cost, length);
  }

  /** How many computations there were. */
  int count() {
    return computations.size();
  }

  /** The computations made while this ran. */
  List<Cost> during(Runnable work) {
    computations.clear();
    work.run();
    return List.copyOf(computations);
  }
}
