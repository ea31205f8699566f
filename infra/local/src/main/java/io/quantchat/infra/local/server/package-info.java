/// The HTTP server that both APIs are reached by, whom it believes, and its answers where no API is
/// mapped to a path.
package io.quantchat.infra.local.server;
