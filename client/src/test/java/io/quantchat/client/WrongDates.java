package io.quantchat.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A port that leads to an HTTP server, and changes the dates of its answers on the way. */
final class WrongDates implements AutoCloseable {

  private static final byte[] BEFORE = "\r\nDate: ".getBytes(StandardCharsets.US_ASCII);
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

  private final int target;
  private final ServerSocket listening;
  private volatile Duration offset;

  private WrongDates(Duration offset, int target, ServerSocket listening) {
    this.offset = offset;
    this.target = target;
    this.listening = listening;
  }

  static WrongDates by(Duration offset, int target) throws IOException {
    var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var dates = new WrongDates(offset, target, listening);
    Thread.ofVirtual().start(dates::accept);
    return dates;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on dates go through as they are. */
  void beRight() {
    offset = Duration.ZERO;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        Socket far = new Socket("localhost", target);
        Thread.ofVirtual().start(() -> pump(near, far, false));
        Thread.ofVirtual().start(() -> pump(far, near, true));
      } catch (IOException closed) {
        // The next round sees whether it was the end.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = new BufferedInputStream(from.getInputStream());
      OutputStream out = new BufferedOutputStream(to.getOutputStream());
      int matched = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        out.write(next);
        matched = next == BEFORE[matched] ? matched + 1 : next == BEFORE[0] ? 1 : 0;
        if (matched == BEFORE.length) {
          matched = 0;
          if (answers) {
            out.write(later(in.readNBytes(FORM.format(Instant.EPOCH).length())));
          }
        }
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException cut) {
      // The other end sees it, too.
    }
  }

  private byte[] later(byte[] date) {
    Instant said = FORM.parse(new String(date, StandardCharsets.US_ASCII), Instant::from);
    return FORM.format(said.plus(offset)).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
