package io.quantchat.infra.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** One HTTP/1.1 connection that stays open; one request at a time. */
final class HttpConnection implements AutoCloseable {

  private static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
  private static final int LONGEST_LINE = 16 * 1024;

  private final URI base;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] line = new byte[LONGEST_LINE];

  private HttpConnection(URI base, Socket socket) throws IOException {
    this.base = base;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.out = socket.getOutputStream();
  }

  /**
   * @param base such as {@code http://localhost:8080/api/v1}
   */
  static HttpConnection open(URI base) throws IOException {
    return new HttpConnection(base, connect(base));
  }

  static Socket connect(URI url) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) LONGEST_SILENCE.toMillis());
    socket.connect(
        new InetSocketAddress(url.getHost(), url.getPort()), (int) LONGEST_CONNECT.toMillis());
    return socket;
  }

  /** The whole request, ready to be written as often as wanted. */
  static byte[] request(URI base, String method, String path, String token, byte[] body) {
    String head =
        """
        %s %s%s HTTP/1.1\r
        Host: %s\r
        Content-Type: application/json\r
        %sContent-Length: %d\r
        \r
        """
            .formatted(
                method,
                base.getPath(),
                path,
                base.getAuthority(),
                token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n",
                body.length);
    byte[] ascii = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[ascii.length + body.length];
    System.arraycopy(ascii, 0, request, 0, ascii.length);
    System.arraycopy(body, 0, request, ascii.length, body.length);
    return request;
  }

  /** Sends a request and waits for its answer, whose body is read and dropped. */
  int exchange(byte[] request) throws IOException {
    out.write(request);
    int status = readStatus();
    in.skipNBytes(readHeaders());
    return status;
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param expected the status that it must have
   * @return the answer's body
   */
  byte[] call(String method, String path, String token, String body, int expected)
      throws IOException {
    out.write(request(base, method, path, token, body.getBytes(StandardCharsets.UTF_8)));
    int status = readStatus();
    byte[] answer = in.readNBytes(readHeaders());
    if (status != expected) {
      throw new IOException(
          "%s %s: status %d came, %d was expected: %s"
              .formatted(
                  method, path, status, expected, new String(answer, StandardCharsets.UTF_8)));
    }
    return answer;
  }

  private int readStatus() throws IOException {
    int length = readLine();
    if (length < 12) {
      throw new IOException("The server answers in something else than HTTP");
    }
    return (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
  }

  /** Reads up to the body; how long the body is. */
  private int readHeaders() throws IOException {
    int contentLength = 0;
    for (int length = readLine(); length > 0; length = readLine()) {
      if (line[0] == 'C' || line[0] == 'c') {
        String header =
            new String(line, 0, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          contentLength = Integer.parseInt(header.substring(15).strip());
        }
      } else if (line[0] == 'T' || line[0] == 't') {
        String header =
            new String(line, 0, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (header.startsWith("transfer-encoding:")) {
          throw new IOException("The answer's length isn't told");
        }
      }
    }
    return contentLength;
  }

  private int readLine() throws IOException {
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (length == LONGEST_LINE) {
        throw new IOException("A header is too long");
      }
      line[length++] = (byte) next;
    }
    return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
