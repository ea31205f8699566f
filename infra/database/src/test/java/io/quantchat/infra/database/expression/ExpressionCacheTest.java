package io.quantchat.infra.database.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExpressionCacheTest {

  private final AtomicInteger reads = new AtomicInteger();
  private final ExpressionCache<String> cache =
      new ExpressionCache<>(
          text -> {
            reads.incrementAndGet();
            if (text.isEmpty()) {
              throw ExpressionKind.UPDATE.invalid("The expression can not be empty;");
            }
            return text + "!";
          });

  @Test
  void aTextIsReadOnce() {
    assertThat(cache.of("a")).isEqualTo("a!").isSameAs(cache.of("a"));
    assertThat(reads).hasValue(1);
  }

  @Test
  void aTextThatCannotBeReadIsRefusedEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> cache.of("")).isInstanceOf(InvalidExpression.class);
    }
    assertThat(reads).hasValue(2);
  }

  @Test
  void veryManyTextsAreForgotten() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(cache.of("text " + i)).isEqualTo("text " + i + "!");
      assertThat(cache.size()).isLessThanOrEqualTo(1_000);
    }
    cache.of("text 0");
    assertThat(reads).hasValue(5_001);
  }
}
