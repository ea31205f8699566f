package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An account without a socket. Coming back, it fetches pages and acknowledges each, in turn. */
final class RelayAway implements Away {

  /** The most that one page holds, and one acknowledgement. */
  private static final int PAGE = 100;

  private static final byte[] ID = Texts.ascii("\"id\":\"");
  private static final byte[] DONE = Texts.ascii("\"status\":\"acknowledged\"");

  private final URI restUrl;
  private final Account account;
  private final List<Line> lines;

  private RelayAway(URI restUrl, Account account, List<Line> lines) {
    this.restUrl = restUrl;
    this.account = account;
    this.lines = lines;
  }

  static RelayAway register(URI restUrl, int senders, SplittableRandom random) throws IOException {
    MessageIds ids = new MessageIds(random.nextInt());
    List<Line> lines = new ArrayList<>();
    try (HttpConnection rest = HttpConnection.open(restUrl)) {
      Account away = Account.register(rest, random);
      for (int i = 0; i < senders; i++) {
        Account sender = Account.register(rest, random);
        away.add(rest, sender);
        lines.add(new RelayLine(restUrl, sender.token(), away.id(), ids, random));
      }
      return new RelayAway(restUrl, away, lines);
    }
  }

  @Override
  public List<Line> lines() {
    return lines;
  }

  @Override
  public int drain(int expected) throws IOException {
    int taken = 0;
    try (HttpConnection rest = HttpConnection.open(restUrl)) {
      List<String> page = page(rest);
      while (!page.isEmpty()) {
        taken += acknowledge(rest, page);
        page = page(rest);
      }
    }
    return taken;
  }

  private List<String> page(HttpConnection rest) throws IOException {
    byte[] answer = rest.call("GET", "/relay/pending?limit=" + PAGE, account.token(), "", 200);
    List<String> ids = new ArrayList<>(PAGE);
    ByteBuffer text = ByteBuffer.wrap(answer);
    for (int at = Texts.find(text, ID, 0); at >= 0; at = Texts.find(text, ID, at + 1)) {
      ids.add(new String(answer, at + ID.length, MessageIds.LENGTH, StandardCharsets.US_ASCII));
    }
    return ids;
  }

  /** How many are gone now. */
  private int acknowledge(HttpConnection rest, List<String> ids) throws IOException {
    String body = "{\"message_ids\":[\"" + String.join("\",\"", ids) + "\"]}";
    ByteBuffer answer =
        ByteBuffer.wrap(rest.call("POST", "/relay/acknowledge", account.token(), body, 200));
    int done = 0;
    for (int at = Texts.find(answer, DONE, 0); at >= 0; at = Texts.find(answer, DONE, at + 1)) {
      done++;
    }
    if (done != ids.size()) {
      throw new IOException("Of %d messages only %d were acknowledged".formatted(ids.size(), done));
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    for (Line line : lines) {
      line.close();
    }
  }
}
