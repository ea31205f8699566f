/// The way to open sockets: who has which, and posting to them.
///
/// One row of the connections table is one open socket:
///
/// | attribute | type | holds |
/// |---|---|---|
/// | `user_id` (partition) | S | whose socket it is |
/// | `connection_id` (sort) | S | API Gateway's id of it |
/// | `connected_at` | N | epoch milliseconds |
/// | `expires_at` | N | epoch seconds: the gateway's longest connection and 5 minutes; TTL |
package io.quantchat.push;
