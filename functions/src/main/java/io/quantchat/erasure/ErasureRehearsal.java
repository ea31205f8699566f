package io.quantchat.erasure;

import io.quantchat.host.Host;
import io.quantchat.http.Json;
import io.quantchat.leaving.Departure;
import io.quantchat.leaving.LeavingStore;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two have left, one just now and one long ago, with a row of theirs in every table. */
final class ErasureRehearsal {

  private ErasureRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    leave(stage, stage.now());
    leave(stage, Instant.EPOCH);
    stage.play(Json.object().put("detail-type", "Scheduled Event"));
  }

  private static void leave(RehearsalStage stage, Instant leftAt) {
    String userId = stage.newId();
    LeavingStore.of(stage.props())
        .begin(
            new Departure(
                userId,
                leftAt,
                Set.of(stage.emailOf(userId)),
                Set.of(stage.newId()),
                Optional.empty()),
            List.of());
    stage.openSocket(userId);
    ErasureStore.of(stage.props()).putSession(userId, stage.newId(), stage.newId());
    put(stage.props(), Holding.CONTACTS, userId, stage.newId());
    put(stage.props(), Holding.MESSAGES, userId, stage.newId());
    put(stage.props(), Holding.PREKEYS, userId, stage.newId());
  }

  private static void put(Host props, Holding holding, String partition, String sortKey) {
    ErasureStore.of(props).put(holding, partition, sortKey);
  }
}
