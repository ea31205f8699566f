/// The ground that every function stands on. A [io.quantchat.host.Host] holds all that a function
/// is built of: its environment, the clients of AWS, the clock and the randomness. Beside it: the
/// forms of ids, times and DynamoDB's items, metrics, and snapshots.
///
/// A function is built once, by its no-argument constructor, and then answers many requests. It
/// reads its environment while it is built and never afterwards. Each handler, service and store is
/// built on a host; who needs another clock or other tables builds another host.
package io.quantchat.host;
