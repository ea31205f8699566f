package io.quantchat.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of a stream: from 1, as spans that don't touch, in their order.
 *
 * @param spans each from its first to its last number, both included
 */
public record Numbers(List<Span> spans) {

  public static final Numbers NONE = new Numbers(List.of());

  /**
   * A number and those that follow it up to another.
   *
   * @param first at least 1
   * @param last at least {@code first}
   */
  public record Span(long first, long last) {

    /**
     * @throws RefusedException MALFORMED
     */
    public Span {
      RefusedException.require(
          first >= 1 && first <= last && last <= WireFields.LARGEST_NUMBER,
          Refusal.MALFORMED,
          "content");
    }
  }

  /**
   * @throws RefusedException MALFORMED for spans that touch, overlap or are out of order
   */
  public Numbers {
    spans = List.copyOf(spans);
    for (int i = 1; i < spans.size(); i++) {
      RefusedException.require(
          spans.get(i).first() > spans.get(i - 1).last() + 1, Refusal.MALFORMED, "content");
    }
  }

  public static Numbers of(long first, long last) {
    return new Numbers(List.of(new Span(first, last)));
  }

  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** How many numbers they are. */
  public long count() {
    return spans.stream().mapToLong(span -> span.last() - span.first() + 1).sum();
  }

  public boolean contains(long number) {
    return spans.stream().anyMatch(span -> span.first() <= number && number <= span.last());
  }

  /** These and those. */
  public Numbers with(Numbers others) {
    var sorted = new ArrayList<>(spans);
    sorted.addAll(others.spans);
    sorted.sort(
        (one, other) ->
            one.first() == other.first()
                ? Long.compare(one.last(), other.last())
                : Long.compare(one.first(), other.first()));
    var joined = new ArrayList<Span>();
    for (Span span : sorted) {
      Span before = joined.isEmpty() ? null : joined.getLast();
      if (before != null && span.first() <= before.last() + 1) {
        joined.removeLast();
        joined.add(new Span(before.first(), Math.max(before.last(), span.last())));
      } else {
        joined.add(span);
      }
    }
    return new Numbers(joined);
  }

  /** These without those. */
  public Numbers without(Numbers others) {
    List<Span> left = spans;
    for (Span gone : others.spans) {
      left = left.stream().flatMap(span -> without(span, gone).stream()).toList();
    }
    return new Numbers(left);
  }

  /** The last of them, in so many spans at most. */
  public Numbers newest(int most) {
    return new Numbers(spans.subList(Math.max(0, spans.size() - most), spans.size()));
  }

  private static List<Span> without(Span span, Span gone) {
    if (gone.last() < span.first() || gone.first() > span.last()) {
      return List.of(span);
    }
    var left = new ArrayList<Span>();
    if (span.first() < gone.first()) {
      left.add(new Span(span.first(), gone.first() - 1));
    }
    if (gone.last() < span.last()) {
      left.add(new Span(gone.last() + 1, span.last()));
    }
    return left;
  }

  /** As it travels: {@code [[first, last], ...]}. */
  List<Object> toList() {
    var list = new ArrayList<>();
    spans.forEach(span -> list.add(List.of(span.first(), span.last())));
    return list;
  }

  /**
   * @throws RefusedException MALFORMED, or EXTENDED for too many spans
   */
  static Numbers from(List<?> list) {
    return new Numbers(list.stream().map(Numbers::span).toList());
  }

  private static Span span(Object value) {
    if (value instanceof List<?> ends
        && ends.size() == 2
        && ends.get(0) instanceof Long first
        && ends.get(1) instanceof Long last) {
      return new Span(first, last);
    }
    throw new RefusedException(Refusal.MALFORMED, "content");
  }
}
