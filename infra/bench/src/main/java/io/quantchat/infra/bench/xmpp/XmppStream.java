package io.quantchat.infra.bench.xmpp;

import io.quantchat.infra.bench.load.Texts;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/**
 * A client's stream of RFC 6120, logged in by SASL PLAIN, that looks for words, not for elements.
 */
final class XmppStream implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
  private static final int LONGEST_WAITED_FOR = 1024 * 1024;
  private static final int SMALL_BUFFER = 256;

  private static final String BIND =
      "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] read = new byte[SMALL_BUFFER];
  private int length;

  private XmppStream(Socket socket, int buffer) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), buffer);
    this.out = socket.getOutputStream();
  }

  /**
   * Logs in on this machine.
   *
   * @param buffer how many bytes are read at once
   */
  static XmppStream open(int port, String domain, String user, String password, int buffer)
      throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) LONGEST_SILENCE.toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    XmppStream stream = new XmppStream(socket, buffer);
    try {
      stream.login(domain, user, password);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
    return stream;
  }

  static XmppStream openIdle(int port, String domain, String user, String password)
      throws IOException {
    return open(port, domain, user, password, SMALL_BUFFER);
  }

  private void login(String domain, String user, String password) throws IOException {
    String header =
        "<?xml version='1.0'?><stream:stream to='%s' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
            .formatted(domain);
    String secret =
        Base64.getEncoder()
            .encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    write(header);
    await("</stream:features>");
    write(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>"
            .formatted(secret));
    await("<success", "/>");
    write(header);
    await("</stream:features>");
    write(BIND);
    await("</iq>");
  }

  void write(String xml) throws IOException {
    write(Texts.ascii(xml));
  }

  void write(byte[] xml) throws IOException {
    out.write(xml);
  }

  /** Reads until these words have come, one after the other. */
  void await(String... words) throws IOException {
    for (String each : words) {
      await(Texts.ascii(each));
    }
  }

  /**
   * Reads until these words have come.
   *
   * @return all that came up to their end, valid until the next call
   */
  ByteBuffer await(byte[] words) throws IOException {
    length = 0;
    byte last = words[words.length - 1];
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException(
            "Prosody closed the stream: " + new String(read, 0, length, StandardCharsets.UTF_8));
      }
      if (length == read.length) {
        grow();
      }
      read[length++] = (byte) next;
      if (next == last && endsWith(words)) {
        return ByteBuffer.wrap(read, 0, length);
      }
    }
  }

  private void grow() throws IOException {
    if (length >= LONGEST_WAITED_FOR) {
      throw new IOException("Prosody says too much at once");
    }
    read = Arrays.copyOf(read, 2 * length);
  }

  private boolean endsWith(byte[] words) {
    return length >= words.length
        && Arrays.equals(read, length - words.length, length, words, 0, words.length);
  }

  /** Who waits for others to write waits as long as they take. */
  void awaitForever() throws IOException {
    socket.setSoTimeout(0);
  }

  /** Whether the other side has not closed it. What has come is dropped. */
  boolean isOpen() throws IOException {
    socket.setSoTimeout(1);
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException nothingCame) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
