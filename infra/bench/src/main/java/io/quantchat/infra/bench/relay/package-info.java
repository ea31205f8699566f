/// How fast the relay is on one machine, beside other commits of it and beside Prosody.
///
/// Whatever is compared is started in turn by what a person types, once in each round: whatever
/// else the machine does meets all alike. The load is on the same machine.
package io.quantchat.infra.bench.relay;
