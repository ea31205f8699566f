package io.quantchat.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.util.List;

/**
 * Somebody adds a contact who is connected by id and another by address, lists contacts, blocks,
 * unblocks and removes one.
 */
final class ContactsRehearsal {

  private ContactsRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    String token = stage.tokenOf(stage.newAccount());
    String contact = stage.newAccount();
    stage.openSocket(contact);

    stage.play(stage.request("POST /contacts", token, Json.object().put("contact_id", contact)));
    String address = stage.emailOf(stage.newAccount());
    stage.play(stage.request("POST /contacts", token, Json.object().put("contact_email", address)));
    stage.play(stage.request("GET /contacts", token));
    ObjectNode page = stage.request("GET /contacts", token);
    page.putObject("queryStringParameters").put("limit", "100").put("keys", "true");
    stage.play(page);
    for (String route :
        List.of(
            "PUT /contacts/{contact_id}/block",
            "DELETE /contacts/{contact_id}/block",
            "DELETE /contacts/{contact_id}")) {
      stage.play(stage.request(route, token, "contact_id", contact));
    }
  }
}
