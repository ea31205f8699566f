package io.quantchat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.testing.Tries;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  private static final List<Normalizer.Form> FORMS = List.of(Normalizer.Form.values());

  @ParameterizedTest
  @CsvSource({
    "' Ann@Example.ORG\t', ann@example.org, ann@example.org",
    "ann@example.org., ann@example.org, ann@example.org",
    "ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ, ann@example.org, ann@example.org",
    "ann@example。org, ann@example.org, ann@example.org",
    "ren\u00e9@example.org, ren\u00e9@example.org, ren\u00e9@example.org",
    "rene\u0301@example.org, ren\u00e9@example.org, ren\u00e9@example.org",
    "ann@m\u00fcnchen.de, ann@m\u00fcnchen.de, ann@xn--mnchen-3ya.de",
    "ann@mu\u0308nchen.de, ann@m\u00fcnchen.de, ann@xn--mnchen-3ya.de",
    "ann@M\u00dcNCHEN.DE, ann@m\u00fcnchen.de, ann@xn--mnchen-3ya.de",
    "ann@XN--MNCHEN-3YA.de, ann@xn--mnchen-3ya.de, ann@xn--mnchen-3ya.de",
    "ann@fa\u00df.de, ann@fa\u00df.de, ann@xn--fa-hia.de",
    "ann@\u4f8b\u3048.jp, ann@\u4f8b\u3048.jp, ann@xn--r8jz45g.jp",
    "ann@\u03b2\u03cc\u03bb\u03bf\u03c2.com, ann@\u03b2\u03cc\u03bb\u03bf\u03c2.com,"
        + " ann@xn--nxasmm1c.com",
    "ann@\u0646\u0627\u0645\u0647.ir, ann@\u0646\u0627\u0645\u0647.ir, ann@xn--mgb4dbg.ir",
    "\u039f\u0394\u039f\u03a3@example.org, \u03bf\u03b4\u03bf\u03c2@example.org,"
        + " \u03bf\u03b4\u03bf\u03c3@example.org",
    "\u0130nan@example.org, i\u0307nan@example.org, i\u0307nan@example.org",
    "\u212aim@example.org, kim@example.org, kim@example.org",
    "o'neil+chat@sub.example.org, o'neil+chat@sub.example.org, o'neil+chat@sub.example.org",
  })
  void anAddressHasADisplayedAndACanonicalForm(String typed, String display, String canonical) {
    EmailAddress address = EmailAddress.parse(typed).orElseThrow();

    assertThat(address.display()).isEqualTo(display);
    assertThat(address.canonical()).isEqualTo(canonical);
    assertThat(EmailAddress.keysOf(typed)).startsWith(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "an\u200bn@example.org",
        "an\u200dn@example.org",
        "\ufeffann@example.org",
        "ann\u2060@example.org",
        "a\u00adnn@example.org",
        "\u202enna\u202c@example.org",
        "ann@exam\u200bple.org",
        "ann@example\u200f.org",
        "ann\u2066@example.org",
        "an\u034fn@example.org",
        "ann\u3164@example.org",
        "ann\uffa0@example.org",
        "ann\ufe0f@example.org",
        "ann\udb40\udd00@example.org",
        "ann\udb40\udc41@example.org",
        "ann\u2800@example.org",
        "ann\ue000@example.org",
        "ann\uffff@example.org",
        "a\u00a0nn@example.org",
        "a\u3000nn@example.org",
        "a nn@example.org",
        "a\u00a8nn@example.org",
        "a\u0000nn@example.org",
        "a\u0085nn@example.org",
        "a\nnn@example.org",
        "\"ann\"@example.org",
        "a(nn)@example.org",
        "<ann@example.org>",
        "a,b@example.org",
        "a:b@example.org",
        ".ann@example.org",
        "ann.@example.org",
        "a..nn@example.org",
        "\u0301ann@example.org",
        "@example.org",
        "ann@",
        "ann@.",
        "ann",
        "ann@b@example.org",
        "ann@b\uff20example.org",
        "ann@example..org",
        "ann@.example.org",
        "ann@example.org..",
        "ann@-example.org",
        "ann@example-.org",
        "ann@ab--cd.org",
        "ann@exa_mple.org",
        "ann@[127.0.0.1]",
        "ann@xn--.org",
        "ann@xn--a.org",
        "ann@xn--ann-.org",
        "ann@\u0301a.org",
        "ann@a\u0646.org",
        "ann@1\u2044.org",
        "ann@exam\u2026ple.org",
      })
  void whatDeceivesOrIsNoAddressIsRefused(String typed) {
    assertThat(EmailAddress.parse(typed)).isEmpty();
  }

  @Test
  void lengthsAreThoseOfTheMailStandardsInOctets() {
    String domain =
        String.join(".", "d".repeat(63), "d".repeat(63), "d".repeat(61)); // 189 characters
    assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain)).isPresent();
    assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain + "d")).isEmpty();
    assertThat(EmailAddress.parse("a".repeat(65) + "@example.org")).isEmpty();
    assertThat(EmailAddress.parse("\u00e9".repeat(32) + "@example.org")).isPresent();
    assertThat(EmailAddress.parse("\u00e9".repeat(33) + "@example.org")).isEmpty();
    assertThat(EmailAddress.parse("a@" + "d".repeat(63) + ".org")).isPresent();
    assertThat(EmailAddress.parse("a@" + "d".repeat(64) + ".org")).isEmpty();
    assertThat(EmailAddress.parse("a@" + "\u00fc".repeat(63) + ".org")).isEmpty();
    String longest =
        String.join(".", "d".repeat(63), "d".repeat(63), "d".repeat(63), "d".repeat(61));
    assertThat(DomainName.parse(longest)).isPresent();
    assertThat(DomainName.parse(longest + "d")).isEmpty();
    assertThat(EmailAddress.parse("a".repeat(1_000_000))).isEmpty();
  }

  @Test
  void noCharacterOfUnicodeGivesAFormThatIsNotItsOwn() {
    // Tens of thousands of ideographs and syllables have no case and no other form.
    List<String> faults =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(point -> point < 0xD800 || point > 0xDFFF)
            .filter(point -> point < 0x3400 || Character.getType(point) != Character.OTHER_LETTER)
            .mapToObj(point -> "a%1$sb@a%1$sb.org".formatted(Character.toString(point)))
            .filter(typed -> EmailAddress.parse(typed).filter(one -> !isItsOwn(one)).isPresent())
            .toList();

    assertThat(faults).isEmpty();
  }

  private static boolean isItsOwn(EmailAddress address) {
    String canonical = address.canonical();
    return EmailAddress.parse(canonical)
            .filter(again -> again.canonical().equals(canonical))
            .filter(again -> again.display().equals(canonical))
            .isPresent()
        && EmailAddress.parse(address.display())
            .filter(again -> again.canonical().equals(canonical))
            .filter(again -> again.display().equals(address.display()))
            .isPresent();
  }

  @ParameterizedTest
  @Tries(300)
  void everySpellingOfAnAddressHasOneCanonicalForm(Random random) {
    List<String> letters =
        List.of("a", "z", "7", "\u00e9", "\u00fc", "\u1ec7", "\u30ac", "\ud55c", "\u03c9");
    String local = word(letters, random);
    List<String> labels = List.of(word(letters, random), word(letters, random), "org");
    String plain = local + "@" + String.join(".", labels);
    String canonical = EmailAddress.parse(plain).orElseThrow().canonical();

    assertThat(EmailAddress.parse(respelled(local, random) + at(random) + domain(labels, random)))
        .hasValueSatisfying(address -> assertThat(address.canonical()).isEqualTo(canonical));
  }

  private static String domain(List<String> labels, Random random) {
    var domain = new StringBuilder();
    for (String label : labels) {
      boolean isAscii = label.chars().allMatch(c -> c < 0x80);
      domain
          .append(
              domain.isEmpty()
                  ? ""
                  : List.of(".", "\u3002", "\uff0e", "\uff61").get(random.nextInt(4)))
          .append(
              random.nextBoolean() || isAscii
                  ? respelled(label, random)
                  : "xn--" + Punycode.encode(label).orElseThrow());
    }
    return domain + (random.nextBoolean() ? "." : "");
  }

  private static String respelled(String text, Random random) {
    String cased = random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text;
    String formed = Normalizer.normalize(cased, FORMS.get(random.nextInt(FORMS.size())));
    return random.nextBoolean() ? fullWidth(formed) : formed;
  }

  private static String fullWidth(String text) {
    var wide = new StringBuilder();
    text.codePoints()
        .forEach(p -> wide.appendCodePoint(p > 0x20 && p < 0x7f ? p - 0x20 + 0xff00 : p));
    return wide.toString();
  }

  private static String at(Random random) {
    return List.of("@", "\uff20", "\ufe6b").get(random.nextInt(3));
  }

  private static String word(List<String> letters, Random random) {
    var word = new StringBuilder("w");
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      word.append(letters.get(random.nextInt(letters.size())));
    }
    return word.toString();
  }
}
