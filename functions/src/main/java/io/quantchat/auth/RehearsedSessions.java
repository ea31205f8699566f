package io.quantchat.auth;

import io.quantchat.rehearsal.RehearsalStage;
import io.quantchat.tokens.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sessions of people in a rehearsal, which go on on its stage alone. */
public final class RehearsedSessions {

  private static final Duration LIFE = Duration.ofMinutes(1);

  private RehearsedSessions() {}

  /** Puts a session on the stage. */
  public static Caller begin(RehearsalStage stage, String userId) {
    RefreshToken token = RefreshToken.random(userId, stage.random());
    var session =
        new Session(
            userId,
            token.sessionKey(),
            stage.newId(),
            Optional.empty(),
            stage.now(),
            stage.now(),
            stage.now().plus(LIFE),
            stage.now().plus(LIFE),
            Map.of());
    LiveSessionStore.of(stage.props()).add(session);
    return new Caller(userId, session.sessionId());
  }

  /** Puts a session on the stage that was begun with earlier tokens. */
  public static Caller beginEarlier(RehearsalStage stage, String userId) {
    return new Caller(userId, earlierToken(stage, userId).sessionId());
  }

  /** The same, for who refreshes it. */
  static EarlierRefreshToken earlierToken(RehearsalStage stage, String userId) {
    byte[] secret = RefreshToken.random(userId, stage.random()).secret();
    var token = new EarlierRefreshToken(stage.newId(), secret);
    EarlierSessionStore.add(stage.props(), token, userId, stage.now().plus(LIFE));
    return token;
  }
}
