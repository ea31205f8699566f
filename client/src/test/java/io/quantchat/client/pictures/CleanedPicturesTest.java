package io.quantchat.client.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.MetadataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code cleaned.json} is what becomes of pictures here and in the browser client, whole and
 * altered. Where it is to change, run with {@code -Dquantchat.cleaned=write}.
 */
class CleanedPicturesTest {

  private static final Path FILE =
      Path.of("src/test/resources/io/quantchat/client/pictures/cleaned.json");

  private static final List<String> PICTURES =
      List.of("a.jpg", "p.jpg", "a.png", "a.webp", "anim.webp", "l.webp", "a.gif");

  private static final int ALTERED = 500;

  @TempDir private Path folder;

  /** The same in every language: a linear congruential generator, its upper half. */
  private static final class Alterations {

    private int state = 14;

    int below(int most) {
      state = state * 1_664_525 + 1_013_904_223;
      return (state >>> 16) % most;
    }
  }

  @Test
  void theSameBecomesOfPicturesAsInTheBrowser() throws IOException {
    var cleaned = new LinkedHashMap<String, Object>();
    for (String name : PICTURES) {
      cleaned.put(name, outcomes(CleaningTest.picture(name)));
    }
    String now = lines(cleaned);

    if (System.getProperty("quantchat.cleaned", "").equals("write")) {
      Files.writeString(FILE, now);
    }

    assertThat(now).isEqualTo(Files.readString(FILE));
  }

  private Map<String, Object> outcomes(byte[] picture) throws IOException {
    var altered = new StringBuilder();
    var alterations = new Alterations();
    for (int i = 0; i < ALTERED; i++) {
      byte[] other = picture.clone();
      for (int times = 0; times < 2; times++) {
        int at = alterations.below(other.length);
        other[at] = (byte) alterations.below(256);
      }
      altered.append(outcome(other)).append('\n');
    }
    var cut = new StringBuilder();
    for (int size = 1; size < picture.length; size++) {
      cut.append(outcome(Arrays.copyOf(picture, size))).append('\n');
    }
    var outcomes = new LinkedHashMap<String, Object>();
    outcomes.put("whole", outcome(picture));
    outcomes.put("altered", sha256(altered.toString().getBytes(StandardCharsets.UTF_8)));
    outcomes.put("cut", sha256(cut.toString().getBytes(StandardCharsets.UTF_8)));
    return outcomes;
  }

  private String outcome(byte[] picture) throws IOException {
    var out = new ByteArrayOutputStream();
    try {
      Cleaning.Copied copied =
          Cleaning.clean(Files.write(folder.resolve("picture"), picture), "picture", out);
      Facts facts = copied.facts();
      return "%s %s %d %b %s"
          .formatted(
              copied.type(),
              copied.size().map(size -> size.width() + "x" + size.height()).orElse("-"),
              facts.orientation().value(),
              facts.isInPasses(),
              sha256(out.toByteArray()));
    } catch (MetadataException refused) {
      return refused.getMessage();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static String lines(Map<String, Object> cleaned) {
    return Json.text(cleaned).replace("},", "},\n") + "\n";
  }
}
