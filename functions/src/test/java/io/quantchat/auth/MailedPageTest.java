package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Sha256;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages that mails lead to. */
class MailedPageTest {

  @ParameterizedTest
  @EnumSource
  void onlyThePagesOwnScriptAndStyleRun(MailedPage page) {
    String html = page.html();
    String policy = page.answer().headers().get("Content-Security-Policy");

    assertThat(policy)
        .startsWith("default-src 'none';")
        .contains("script-src " + sourceOf("script", html) + ";")
        .contains("style-src " + sourceOf("style", html) + ";")
        .contains("connect-src 'self';", "base-uri 'none';", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "https:");
    assertThat(page.answer().headers()).containsEntry("Referrer-Policy", "no-referrer");
  }

  @ParameterizedTest
  @EnumSource
  void aPageLoadsNothingAndHandlesNoMarkupOfOthers(MailedPage page) {
    assertThat(page.html())
        .startsWith("<!doctype html>")
        .doesNotContain("src=", "href=", "style=\"", "onclick", "innerHTML", "%s", "%1$s");
  }

  @ParameterizedTest
  @EnumSource
  void theTokenIsPostedOnlyWhenAPersonSaysSo(MailedPage page) {
    String html = page.html();

    assertThat(html.split("fetch\\(", -1)).hasSize(2);
    assertThat(html.indexOf("fetch(")).isGreaterThan(html.indexOf("addEventListener(\"submit\""));
    assertThat(html).contains("history.replaceState(null, \"\", location.pathname)");
    assertThat(html.contains("type=\"password\"")).isEqualTo(page == MailedPage.RESET);
  }

  private static String sourceOf(String element, String html) {
    Matcher found =
        Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(html);
    assertThat(found.find()).isTrue();
    String hash = Base64.getEncoder().encodeToString(Sha256.of(found.group(1)));
    assertThat(found.find()).as("another " + element).isFalse();
    return "'sha256-" + hash + "'";
  }
}
