package io.quantchat.infra.bench.cold;

import java.util.function.Predicate;

/**
 * One request, and what is a right answer to it.
 *
 * @param name such as {@code relay: send}
 * @param function the logical id of the function that answers it
 * @param baseline the class that answers it in the baseline
 * @param event the event; the same one can be handed out again
 * @param accepts whether an answer is right
 * @param pushes how many frames it posts to sockets
 */
record Scenario(
    String name,
    String function,
    String baseline,
    byte[] event,
    Predicate<String> accepts,
    int pushes) {}
