/// Load on one server, whatever it speaks: pairs of people who write to each other, people who are
/// away, and sockets on which nothing happens.
///
/// The server runs in a process of its own; the load comes from this one, which does as little as
/// it can: a connection and a thread for each sender and each recipient, requests patched in place,
/// no JSON trees while it measures. A message's latency runs from the moment it was meant to be
/// sent, so that a stalled server can't hide its stall by delaying what comes next.
package io.quantchat.infra.bench.load;
