package io.quantchat.client.accountfile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in an account file, line by line. */
public final class ReadLines {

  private ReadLines() {}

  /** All of them but the last, which counts them. */
  public static List<Map<String, Object>> of(byte[] file, char[] passphrase) throws IOException {
    var from = new ByteArrayInputStream(file);
    var in = new LineInput(from, new SegmentCipher(Header.read(from), passphrase));
    var lines = new ArrayList<Map<String, Object>>();
    for (Optional<Fields> line = in.next(); line.isPresent(); line = in.next()) {
      lines.add(line.get().members());
    }
    lines.removeLast();
    return lines;
  }
}
