/// Everything that happens on a socket: opening and closing, presence, sends, typing, receipts,
/// acknowledgements.
///
/// Frames are `{"type": ..., "payload": {...}}` both ways. The type is the route; a frame of
/// another type, or none, goes to `$default`, which says so. Routes for others' eyes (`typing`, the
/// confirmations) answer nothing, and post an `error` to the own socket where a frame can't be
/// used; the others answer by the gateway's route response.
///
/// Presence is in the account, not with the sockets, so that a contact list reads it along with the
/// profile. See [io.quantchat.sockets.PresenceService] for what keeps the two in step.
package io.quantchat.sockets;
