package io.quantchat.infra.bench.cost;

import io.quantchat.infra.stack.Budgets;
import java.util.ArrayList;
import java.util.List;

/** The fate of one inbox that thousands write to in a minute. */
record HotInboxTable(Budgets budgets) {

  private static final List<Double> RATES = List.of(5e3, 1e4, 2e4, 6e4);
  private static final List<Integer> SHARDS = List.of(1, 2, 4, 8);
  private static final int BURST = 300;

  Table table() {
    var columns =
        new ArrayList<>(List.of("messages a minute to one inbox", "write units a second"));
    SHARDS.forEach(
        shards -> columns.add("throttled, " + shards + (shards == 1 ? " key" : " keys")));
    columns.add("1 key, with a burst saved up");
    var rows = new ArrayList<List<Cell>>();
    var notes = new ArrayList<String>();
    for (Size size : Size.values()) {
      double put = budgets.of(size.sendBudget(true)).writeUnits();
      double delete = budgets.of(size.acknowledgeBudget()).writeUnits() / Size.COUNTED_TOGETHER;
      for (double rate : RATES) {
        rows.add(row(size, rate, put, delete));
      }
      notes.add(
          "%s: %.0f units to store and %.0f to delete; one key takes %s a minute."
              .formatted(size.title(), put, delete, Cell.plain(HotInbox.mostAMinute(put, delete))));
    }
    notes.add(
        "Ten simulated minutes against 1,000 write units a second of a partition; arrivals at"
            + " random, each acknowledged after 2 s, retries not counted. A burst saved up is 300 s"
            + " of unused units, which AWS does not promise.");
    notes.add(
        "DynamoDB's own splitting doesn't help: sort keys rise with time, so all puts and deletes"
            + " fall on the newest part.");
    notes.add(
        "Sharding would be recipient_id#0 to #n by the message's random bits: a fetch asks each key"
            + " and merges by message_id, n times the reads of an empty fetch. Not needed below the"
            + " rates above: no person gets 10,000 messages a minute, a bot may.");
    return new Table("hot_inbox", "One hot inbox", columns, rows, notes);
  }

  private static List<Cell> row(Size size, double rate, double put, double delete) {
    var row = new ArrayList<Cell>();
    row.add(Cell.text(Cell.plain(rate) + " of " + size.title()));
    row.add(Cell.number(rate / 60 * (put + delete)));
    for (int shards : SHARDS) {
      row.add(throttled(new HotInbox(rate, shards, put, delete, 0)));
    }
    row.add(throttled(new HotInbox(rate, 1, put, delete, BURST)));
    return row;
  }

  private static Cell throttled(HotInbox inbox) {
    return Cell.percent(inbox.simulate().throttledShare());
  }
}
