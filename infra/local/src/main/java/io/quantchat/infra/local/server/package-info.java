/// The HTTP server on `localhost` that both APIs are reached by, and its answers where no API is
/// mapped to a path.
package io.quantchat.infra.local.server;
