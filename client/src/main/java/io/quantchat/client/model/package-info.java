/// The values that a client knows: accounts, contacts, messages.
package io.quantchat.client.model;
