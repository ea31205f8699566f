package io.quantchat.client.markdown;

import io.quantchat.client.model.ImportResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which messages of one export are in a file. */
final class Numbers {

  private final TreeSet<Integer> there = new TreeSet<>();
  private int count;

  void add(Head head) {
    there.add(head.number());
    expect(head);
  }

  /** It can't be told from another message's text. */
  void expect(Head head) {
    count = Math.max(count, head.count());
  }

  /** What the file lacks, where several in a row as one. */
  List<Refused> missing() {
    var missing = new ArrayList<Refused>();
    int next = 1;
    for (int number : there) {
      gap(next, number - 1, missing);
      next = number + 1;
    }
    gap(next, count, missing);
    return missing;
  }

  private void gap(int first, int last, List<Refused> missing) {
    if (first <= last) {
      String which = first == last ? "it isn't" : "messages " + first + " to " + last + " aren't";
      missing.add(
          new Refused(first, 0, "", which + " in the file, which has had " + count + " of them"));
    }
  }
}
