package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.util.Collection;

/**
 * How many one-time prekeys of an account are still to be handed out.
 *
 * @param oneTime the number
 */
record Stock(int oneTime) {

  /** Below it, the account is told to publish more. */
  static final int LOW = 20;

  /** The most of an account, four batches of the largest size. */
  static final int MOST = 512;

  /** The stock of these batches. */
  static Stock of(Collection<Batch> good) {
    return new Stock(good.stream().mapToInt(Batch::left).sum());
  }

  boolean isLow() {
    return oneTime < LOW;
  }

  /** As it goes out. */
  ObjectNode toJson() {
    return Json.object().put("one_time", oneTime).put("low", isLow());
  }
}
