package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.Patience;
import io.quantchat.infra.local.gateway.HeaderLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends exactly the bytes it is given and reads one answer, header lines as they stand. */
final class RawClient {

  private final int port;

  RawClient(int port) {
    this.port = port;
  }

  record Answer(int status, List<HeaderLine> headers, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    List<String> all(String name) {
      return headers.stream()
          .filter(line -> line.name().equalsIgnoreCase(name))
          .map(HeaderLine::value)
          .toList();
    }

    Optional<String> header(String name) {
      return all(name).stream().findFirst();
    }

    List<String> names() {
      return headers.stream().map(HeaderLine::name).toList();
    }
  }

  /** A request line and header lines, each without its end. */
  Answer send(String... lines) {
    return sendBytes(new byte[0], lines);
  }

  Answer sendBytes(byte[] body, String... lines) {
    String head = String.join("\r\n", lines) + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) Patience.LONGEST.toMillis());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** A plain GET. */
  Answer get(String target) {
    return send("GET " + target + " HTTP/1.1", "Host: api.example.test");
  }

  /** A POST of text. */
  Answer post(String target, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    lines.add("POST " + target + " HTTP/1.1");
    lines.add("Host: api.example.test");
    lines.add("Content-Length: " + bytes.length);
    lines.addAll(List.of(headers));
    return sendBytes(bytes, lines.toArray(String[]::new));
  }

  private static Answer read(InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    List<HeaderLine> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(": ?", 2);
      headers.add(new HeaderLine(parts[0], parts[1]));
    }
    int length =
        headers.stream()
            .filter(line -> line.name().equalsIgnoreCase("Content-Length"))
            .mapToInt(line -> Integer.parseInt(line.value()))
            .findFirst()
            .orElse(0);
    return new Answer(Integer.parseInt(status[1]), headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new IOException("the connection ended");
      }
      if (read != '\r') {
        line.write(read);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
