package io.quantchat.infra.bench.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The cost of attachments that are uploaded, downloaded once and deleted. */
record MediaTable(PriceList prices, Operations operations, Assumptions assumptions) {

  private static final List<Attachment> SIZES = List.of(Attachment.PICTURE, Attachment.VIDEO);
  private static final double LIFE_DAYS = 7;
  private static final double HOURS_IN_DAY = 24;

  Table table() {
    double waited = assumptions.of(Assumption.WAITING_HOURS) / HOURS_IN_DAY;
    var rows = new ArrayList<List<Cell>>();
    rows.add(row("the message with its key", this::message));
    rows.add(row("uploaded", one -> one.uploaded(operations)));
    rows.add(row("kept until it is fetched", one -> one.kept(operations, waited)));
    rows.add(row("downloaded", one -> one.downloaded(operations)));
    rows.add(row("deleted", one -> one.deleted(operations)));
    rows.add(row("all of it", one -> all(one, waited)));
    rows.add(
        row(
            "never fetched: the message, the upload, 7 days",
            one ->
                message(one).plus(one.uploaded(operations)).plus(one.kept(operations, LIFE_DAYS))));
    return new Table(
        "attachments",
        "A thousand messages with an attachment",
        List.of("dollars", "a picture of 1 MB", "a video of 90 MB"),
        rows,
        List.of(
            "What goes out to the internet is nearly all of it; what comes in is free.",
            "The message is one of suite v2 whose recipient is away and fetches it."));
  }

  private Usage all(Attachment one, double waited) {
    return message(one)
        .plus(one.uploaded(operations))
        .plus(one.kept(operations, waited))
        .plus(one.downloaded(operations))
        .plus(one.deleted(operations));
  }

  private Usage message(Attachment any) {
    return Delivery.SOCKET_TO_FETCH.of(operations, assumptions, Size.EIGHT_KILOBYTES);
  }

  private List<Cell> row(String what, Function<Attachment, Usage> usage) {
    var row = new ArrayList<>(List.of(Cell.text(what)));
    for (Attachment one : SIZES) {
      row.add(Cell.smallDollars(prices.atListPrice(usage.apply(one).times(1_000))));
    }
    return row;
  }
}
