package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A running instance of the relay.
 *
 * @param ready seconds that it took to start
 * @param running what ends it
 */
public record RelayService(Endpoint instance, double ready, AutoCloseable running)
    implements Service {

  @Override
  public long process() {
    return instance.process();
  }

  @Override
  public Pairs meet(int pairs, MessageLog log, SplittableRandom random) throws IOException {
    MessageIds ids = new MessageIds(random.nextInt());
    List<Account> recipients = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    List<Receiver> receivers = new ArrayList<>();
    try (HttpConnection rest = HttpConnection.open(instance.restUrl())) {
      for (int i = 0; i < pairs; i++) {
        Account sender = Account.register(rest, random);
        Account recipient = Account.register(rest, random);
        recipient.add(rest, sender);
        recipients.add(recipient);
        lines.add(new RelayLine(instance.restUrl(), sender.token(), recipient.id(), ids, random));
        receivers.add(Recipient.open(instance.socketUrl(), recipient.token(), log));
      }
    }
    return new Pairs(log, lines, receivers, new RelayPending(instance.restUrl(), recipients, log));
  }

  @Override
  public Away away(int senders, SplittableRandom random) throws IOException {
    return RelayAway.register(instance.restUrl(), senders, random);
  }

  @Override
  public Crowd gather(int sockets, SplittableRandom random) throws IOException {
    return RelayCrowd.gather(instance, sockets, random);
  }

  @Override
  public void close() throws IOException {
    try {
      running.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("The instance could not be ended", e);
    }
  }
}
