/// How soon a person on one machine can begin: how long `up` takes until it is ready, how much it
/// relays in its first seconds, and what one command costs.
///
/// Checkouts are compared in the same run, by the script that a person types: each is started in
/// turn, so that whatever else the machine does meets all alike.
package io.quantchat.infra.bench.start;
