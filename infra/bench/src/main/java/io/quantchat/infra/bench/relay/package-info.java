/// How fast the relay is on one machine.
///
/// The gateway runs in a JVM of its own; the load comes from this one, which does as little as it
/// can: a connection and a thread for each sender and each recipient, requests patched in place, no
/// JSON trees while it measures. A message's latency runs from the moment it was meant to be sent,
/// so that a stalled server can't hide its stall by delaying what comes next.
package io.quantchat.infra.bench.relay;
