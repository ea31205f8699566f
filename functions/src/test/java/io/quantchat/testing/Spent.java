package io.quantchat.testing;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests to DynamoDB, and their cost.
 *
 * @param calls in the order in which they ended
 */
public record Spent(List<Call> calls) {

  /**
   * The same but for the half unit by which a request with a token asks, once and beside what else
   * it asks, whether the account has left.
   */
  public Spent besidesWhetherLeft() {
    List<Call> others = calls.stream().filter(call -> !asksWhetherLeft(call)).toList();
    if (others.size() != calls.size() - 1) {
      throw new AssertionError("It wasn't asked once whether the account has left: " + calls);
    }
    return new Spent(others);
  }

  private static boolean asksWhetherLeft(Call call) {
    return call.operation().equals("GetItem")
        && call.tables().equals(List.of("LeavingTable"))
        && call.units() == 0.5;
  }

  /** How often each operation was asked for, such as {@code {GetItem=2, PutItem=1}}. */
  public TreeMap<String, Integer> requestsByOperation() {
    return calls.stream()
        .collect(Collectors.toMap(Call::operation, call -> 1, Integer::sum, TreeMap::new));
  }

  /** How many there were of one operation. */
  public int requests(String operation) {
    return requestsByOperation().getOrDefault(operation, 0);
  }

  /** The operations by themselves. */
  public List<String> operations() {
    return calls.stream().map(Call::operation).toList();
  }

  /** Read units: half of one for 4 kB read with eventual consistency. */
  public double readUnits() {
    return calls.stream().filter(Call::reads).mapToDouble(Call::units).sum();
  }

  /** Write units: one for 1 kB; twice that in a transaction, as AWS bills it. */
  public double writeUnits() {
    return calls.stream().filter(call -> !call.reads()).mapToDouble(Call::units).sum();
  }

  /** The longest chain of requests in which each began after the one before it had ended. */
  public int sequentialRoundTrips() {
    return calls.stream().mapToInt(Call::roundTrip).max().orElse(0);
  }
}
