/// API Gateway's WebSocket API on one machine: handshakes held until `$connect` agrees, text
/// messages routed by what is in them, `@connections` for whoever has the key.
///
/// A connection's way: {@link io.quantchat.infra.local.socket.UpgradeHandler} takes the request,
/// {@link io.quantchat.infra.local.socket.Handshake} decides it, {@link
/// io.quantchat.infra.local.socket.OpenSocket} is what it becomes. Its messages go through {@link
/// io.quantchat.infra.local.socket.MessageRoutes} to the functions, which wait on virtual threads
/// ({@link io.quantchat.infra.local.socket.Invocations}); what goes back waits in its {@link
/// io.quantchat.infra.local.socket.Outbox}, where posts of {@link
/// io.quantchat.infra.local.socket.CallbackApi} arrive as well.
package io.quantchat.infra.local.socket;
