/// The ground that every function stands on: its environment, the clients of AWS, the clock's and
/// the ids' forms, DynamoDB's items, metrics, snapshots.
///
/// A function is built once, by its no-argument constructor, and then answers many requests. It
/// reads its environment while it is built and never afterwards.
package io.quantchat.host;
