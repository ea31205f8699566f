package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.testing.Answer;
import io.quantchat.testing.World;
import java.util.ArrayList;
import java.util.List;

/** What an account asks of its contacts. */
final class ContactCalls {

  private final World world;
  private final ContactsHandler handler;

  ContactCalls(World world) {
    this.world = world;
    this.handler = new ContactsHandler(world.hostOf(ContactsHandler.class));
  }

  Answer add(Account caller, String body) {
    ObjectNode event = world.request("POST", "/contacts", caller);
    event.put("body", body);
    return call(event);
  }

  Answer page(Account caller, String query) {
    ObjectNode event = world.request("GET", "/contacts", caller);
    ObjectNode parameters = event.putObject("queryStringParameters");
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return call(event);
  }

  Answer list(Account caller, String userId) {
    ObjectNode event = world.request("GET", "/contacts", caller);
    event.putObject("queryStringParameters").put("user_id", userId);
    return call(event);
  }

  List<JsonNode> listOf(Account caller) {
    JsonNode list = world.call(handler, world.request("GET", "/contacts", caller)).body();
    assertThat(list.isArray()).isTrue();
    var entries = new ArrayList<JsonNode>();
    list.forEach(entries::add);
    return entries;
  }

  Answer delete(Account caller, String contactId) {
    return onContact("DELETE", "/contacts/{contact_id}", caller, contactId);
  }

  Answer block(Account caller, String contactId) {
    return onContact("PUT", "/contacts/{contact_id}/block", caller, contactId);
  }

  Answer unblock(Account caller, String contactId) {
    return onContact("DELETE", "/contacts/{contact_id}/block", caller, contactId);
  }

  private Answer onContact(String method, String resource, Account caller, String contactId) {
    ObjectNode event = world.request(method, resource, caller);
    event.putObject("pathParameters").put("contact_id", contactId);
    return call(event);
  }

  Answer call(ObjectNode event) {
    return world.call(handler, event);
  }
}
