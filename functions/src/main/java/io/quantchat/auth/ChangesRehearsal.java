package io.quantchat.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;

/**
 * Somebody chooses another password and another address; where there is mail, also with what was
 * mailed.
 */
final class ChangesRehearsal {

  private static final String NO_TOKEN = "";

  private ChangesRehearsal() {}

  /**
   * @param credentials of somebody who is logged in
   */
  static void play(RehearsalStage stage, String accessToken, ObjectNode credentials)
      throws IOException {
    String password = credentials.path("password").asText();
    if (stage.props().environment().find(Variable.MAIL_FROM).isPresent()) {
      playWithMail(stage);
      stage.play(stage.request("POST /auth/email/verification", accessToken));
    }
    stage.play(
        stage.request(
            "POST /auth/email",
            accessToken,
            Json.object().put("email", stage.newId() + "@example.com").put("password", password)));
    stage.play(
        stage.request(
            "POST /auth/password",
            accessToken,
            Json.object().put("password", password).put("new_password", stage.newId())));
  }

  private static void playWithMail(RehearsalStage stage) throws IOException {
    String email = stage.emailOf(stage.newAccount());
    stage.play(
        stage.request("POST /auth/password/forgot", NO_TOKEN, Json.object().put("email", email)));
    ObjectNode forgotten = Json.object();
    forgotten.putObject("mail").put("kind", "FORGOTTEN").put("email", email);
    stage.play(forgotten);

    String forgetful = stage.newAccount();
    ProofSecrets reset =
        mailed(stage, EmailProof.Purpose.RESET, forgetful, stage.emailOf(forgetful));
    stage.play(
        stage.request(
            "POST /auth/password/reset",
            NO_TOKEN,
            Json.object()
                .put("email", stage.emailOf(forgetful))
                .put("code", reset.code())
                .put("new_password", stage.newId())));

    ProofSecrets moved =
        mailed(
            stage, EmailProof.Purpose.VERIFY, stage.newAccount(), stage.newId() + "@example.com");
    stage.play(
        stage.request(
            "POST /auth/email/verify", NO_TOKEN, Json.object().put("token", moved.token())));
  }

  private static ProofSecrets mailed(
      RehearsalStage stage, EmailProof.Purpose purpose, String userId, String address) {
    ProofSecrets secrets = ProofSecrets.random(userId, stage.random());
    EmailProofStore.of(stage.props()).await(purpose, userId, address, secrets);
    return secrets;
  }
}
