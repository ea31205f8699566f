/// How commands share an account that one of them holds. A store is one program's while it is open:
/// the agent that `unlock` starts, or an open `chat`. That program serves it on a Unix-domain
/// socket ([ChatServer]), and other commands work with it over there ([RemoteChat]) by the same
/// interface as with one of their own ([Chat]).
///
/// A frame is a length of four bytes, big endian, and that many bytes of JSON in ASCII ([Framed]).
/// Both sides begin with a hello that says the build; the rest is understood between equal builds
/// alone, but for `lock`. Then a frame is a call, `{id, call, arguments}`, its answer, `{id,
/// result}` or `{id, failure}`, or an event, `{event, arguments}`. Calls are the methods of [Chat],
/// events those of [ChatListener], and what they take and give is written by its type
/// ([WireValues]): a new method is one line in the interface.
package io.quantchat.cli.agent;
