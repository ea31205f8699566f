/// All that goes between a client and the relay: REST, the socket, tokens. No storage but the
/// tokens'.
package io.quantchat.client.wire;
