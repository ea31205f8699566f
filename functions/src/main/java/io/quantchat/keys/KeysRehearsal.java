package io.quantchat.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.OneTimePrekey;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Somebody who is connected publishes a bundle and a batch; somebody else takes of it and looks for
 * a newer bundle; what is left of the batch is withdrawn. The keys are the stage's own and gone
 * with it.
 */
final class KeysRehearsal {

  private KeysRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    Instant now = stage.now();
    String owner = stage.newAccount();
    stage.openSocket(owner);
    String ownerToken = stage.tokenOf(owner);
    String takerToken = stage.tokenOf(stage.newId());

    try (IdentityKeys identity = IdentityKeys.generate(stage.random())) {
      JsonNode bundle = PackedJson.of(bundle(stage, owner, identity, now).toMap());
      JsonNode batch = PackedJson.of(batch(stage, owner, identity, now).toMap());
      stage.play(stage.request("PUT /keys/bundle", ownerToken, bundle));
      stage.play(stage.request("POST /keys/prekeys", ownerToken, batch));
    }
    stage.play(stage.request("GET /keys/prekeys/count", ownerToken));
    stage.play(asking("take", stage.request("GET /keys/{user_id}", takerToken, "user_id", owner)));
    stage.play(
        asking(
            "if_version",
            stage.request("GET /keys/{user_id}/bundle", takerToken, "user_id", owner)));
    stage.play(stage.request("DELETE /keys/prekeys", ownerToken));
  }

  private static ObjectNode asking(String parameter, ObjectNode event) {
    event.putObject("queryStringParameters").put(parameter, "1");
    return event;
  }

  private static SignedBundle bundle(
      RehearsalStage stage, String owner, IdentityKeys identity, Instant now) {
    OneTimePrekey prekeys = pair(stage);
    List<ListedKey> keys =
        Stream.<PublicKey>of(
                identity.ecdsa().publicKey(),
                identity.mlDsa().publicKey(),
                prekeys.ecdh(),
                prekeys.mlKem())
            .map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE))
            .toList();
    return SignedBundle.sign(
        new Bundle(
            UUID.fromString(owner),
            1,
            now,
            now.plus(Bundle.LONGEST_LIFE),
            Capabilities.ofThisProgram(),
            new KeySet(keys)),
        identity,
        stage.random());
  }

  private static PrekeyBatch batch(
      RehearsalStage stage, String owner, IdentityKeys identity, Instant now) {
    return PrekeyBatch.sign(
        UUID.fromString(owner),
        UUID.fromString(stage.newId()),
        now,
        List.of(pair(stage), pair(stage)),
        identity,
        stage.random());
  }

  private static OneTimePrekey pair(RehearsalStage stage) {
    try (EcdhPrivateKey ecdh = EcdhPrivateKey.generate(stage.random());
        MlKemPrivateKey mlKem = MlKemPrivateKey.generate(stage.random())) {
      return new OneTimePrekey(ecdh.publicKey(), mlKem.publicKey());
    }
  }
}
