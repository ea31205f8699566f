package io.quantchat.infra.bench.relay;

/**
 * The database alone.
 *
 * @param perSecond puts of a message of 1 kB
 */
record Puts(Storage storage, double perSecond) {}
