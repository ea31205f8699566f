package io.quantchat.infra.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeardTest {

  private static final byte[] MASK = {(byte) 0x9A, 0x01, (byte) 0xFF, 0x3C};
  private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void requestsAreCountedByTheirLengths() {
    say("POST /a HTTP/1.1\r\nContent-Length: 24\r\n\r\n{\"text\":\"GET / HTTP/1.1\"}");
    say("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");

    Heard heard = Heard.of(said.toByteArray());

    assertThat(heard.requests()).isEqualTo(2);
    assertThat(heard.plain()).isEqualTo(said.toByteArray());
  }

  @Test
  void aTextThatIsMaskedAndCutIntoFramesIsReadable() {
    say(UPGRADE);
    frame(0x01, "Meet me at the ");
    frame(0x80, "old mill.");

    Heard heard = Heard.of(said.toByteArray());

    assertThat(heard.requests()).isEqualTo(1);
    assertThat(heard.frames()).isEqualTo(2);
    assertThat(new String(heard.plain(), UTF_8)).isEqualTo(UPGRADE + "Meet me at the old mill.");
  }

  @Test
  void framesOfEachLengthAreRead() {
    String medium = "m".repeat(126);
    String large = "l".repeat(65_536);
    say(UPGRADE);
    frame(0x81, medium);
    frame(0x81, large);

    Heard heard = Heard.of(said.toByteArray());

    assertThat(heard.frames()).isEqualTo(2);
    assertThat(new String(heard.plain(), UTF_8)).isEqualTo(UPGRADE + medium + large);
  }

  @Test
  void framesOfAServerAreReadWithoutMasks() {
    say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    said.writeBytes(new byte[] {(byte) 0x81, 9});
    say("the mill.");

    Heard heard = Heard.of(said.toByteArray());

    assertThat(heard.frames()).isEqualTo(1);
    assertThat(new String(heard.plain(), UTF_8)).endsWith("\r\n\r\nthe mill.");
  }

  @Test
  void whatIsOnItsWayStillIsReadAsFarAsItCame() {
    say(UPGRADE);
    frame(0x81, "Meet me at the old mill.");
    byte[] cut = Arrays.copyOf(said.toByteArray(), said.size() - 5);

    assertThat(new String(Heard.of(cut).plain(), UTF_8)).isEqualTo(UPGRADE + "Meet me at the old ");
  }

  private void say(String text) {
    said.writeBytes(text.getBytes(UTF_8));
  }

  private void frame(int firstByte, String text) {
    byte[] payload = text.getBytes(UTF_8);
    said.write(firstByte);
    if (payload.length < 126) {
      said.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      said.write(0x80 | 126);
      said.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      said.write(0x80 | 127);
      said.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    said.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      said.write(payload[i] ^ MASK[i % MASK.length]);
    }
  }
}
