/// How long a function takes to wake.
///
/// Functions run as on Lambda: the packaged zip, unzipped, under AWS's own runtime client with the
/// flags of the managed Java runtime, one process for each execution environment. What is faked is
/// the Runtime API that the client talks to, and the snapshot: a "restore" is the same process
/// going on after its hooks have run, without the time that Firecracker takes to load a snapshot,
/// with its connections cut and its credentials expired, as they are then.
package io.quantchat.infra.bench.cold;
