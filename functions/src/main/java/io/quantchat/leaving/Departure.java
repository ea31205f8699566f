package io.quantchat.leaving;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An account that has left and of which rows may be left.
 *
 * @param leftAt when it was deleted
 * @param addresses every form of its address, of which one may have become its own again since
 * @param blocked ids of those whom it had blocked
 * @param sweptAt when everything had been looked through once
 */
public record Departure(
    String userId,
    Instant leftAt,
    Set<String> addresses,
    Set<String> blocked,
    Optional<Instant> sweptAt) {}
