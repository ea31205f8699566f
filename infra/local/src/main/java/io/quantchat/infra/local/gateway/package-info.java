/// What the two kinds of API share: AWS's limits, a request's ids and time, the answer of a
/// function behind a proxy integration, and the answer to a client.
package io.quantchat.infra.local.gateway;
