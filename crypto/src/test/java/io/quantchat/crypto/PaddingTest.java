package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** There is one padding of a text, and nothing else comes off. */
class PaddingTest {

  @Test
  void whatPaddingNeverGivesIsRefused() {
    byte[] text = new byte[10];
    byte[] tooLong = new byte[320];
    tooLong[10] = (byte) 0x80;
    byte[] otherEnd = new byte[256];
    otherEnd[10] = 0x40;

    assertThat(refusalOf(tooLong)).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(otherEnd)).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(new byte[256])).isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOf(new byte[0])).isEqualTo(Refusal.MALFORMED);
    assertThat(Padding.unpad(Secret.owning(Arrays.copyOf(tooLong, 256)))).isEqualTo(text);
  }

  @Test
  void aTextThatLooksPaddedComesBackWhole() {
    byte[] text = {1, (byte) 0x80, 0, 0};

    assertThat(Padding.unpad(Padding.pad(text))).isEqualTo(text);
  }

  @Test
  void allShortTextsAreOfOneSize() {
    assertThat(Padding.pad(new byte[0]).bytes()).hasSize(256);
    assertThat(Padding.pad(new byte[255]).bytes()).hasSize(256);
    assertThat(Padding.pad(new byte[256]).bytes()).hasSize(272);
    assertThat(Padding.pad(new byte[Padding.LONGEST_TEXT]).bytes()).hasSize(65_536);
    assertThat(Messages.refusalBy(() -> Padding.pad(new byte[Padding.LONGEST_TEXT + 1])))
        .isEqualTo(Refusal.EXTENDED);
  }

  private static Refusal refusalOf(byte[] padded) {
    return Messages.refusalBy(() -> Padding.unpad(Secret.owning(padded)));
  }
}
