package io.quantchat.infra.database.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The list of reserved words.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html">Reserved
 *     words in DynamoDB</a>
 */
class ReservedWordsTest {

  @Test
  void thereAre573InCapitals() {
    assertThat(ReservedWords.all()).hasSize(573).allMatch(word -> word.matches("[A-Z][A-Z_]*"));
  }

  @Test
  void anyCaseIsReserved() {
    for (String word :
        new String[] {"ABORT", "zone", "Ttl", "name", "Timestamp", "USERS", "data"}) {
      assertThat(ReservedWords.contain(word)).as(word).isTrue();
    }
  }

  @Test
  void otherWordsAreNot() {
    for (String word : new String[] {"user_id", "version", "expires_at", "names_", "sender_id"}) {
      assertThat(ReservedWords.contain(word)).as(word).isFalse();
    }
  }
}
