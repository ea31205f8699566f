/// Two people who write to each other, played against a running instance: each step is timed, its
/// outcome checked, and the row that the relay holds meanwhile shown as DynamoDB has it.
///
/// `Demo` finds an instance, `Timeline` is the play, `Stage` times and checks each step,
/// `Transcript` prints them. A `Person` is one account with its calls and its socket.
package io.quantchat.infra.local.demo;
