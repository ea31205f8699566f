/// Two people who write to each other with the client library, played against a running instance,
/// and what the server sees of it: each step is timed, and its outcome checked.
///
/// `Demo` finds an instance, `Timeline` is the play, `Cast` the people in it. What the server sees
/// is asked of it (`ServerAnswers`), read in its tables (`Tables`) and on the line to it
/// (`Wiretap`), and looked through for what people wrote (`TextSearch`). `Play` times and checks
/// each step, `Transcript` prints it.
package io.quantchat.infra.demo;
