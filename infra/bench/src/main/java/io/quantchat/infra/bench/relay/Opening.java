package io.quantchat.infra.bench.relay;

/**
 * A start on a folder that holds much.
 *
 * @param bytes that its files had
 * @param rows that they held
 * @param filling seconds that it took to write them
 * @param ready seconds from typing {@code up} until it was ready
 */
record Opening(long bytes, long rows, double filling, double ready) {}
