package io.quantchat.infra.local.demo;

import java.time.Duration;

/**
 * When a step was, and how long.
 *
 * @param at since the beginning of the play
 * @param took until its outcome was there
 */
record Moment(Duration at, Duration took) {}
