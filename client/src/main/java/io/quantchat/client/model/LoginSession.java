package io.quantchat.client.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One of the account's logins that goes on, wherever it is.
 *
 * @param program what the program called itself that logged in; whoever logs in chooses it
 * @param created when somebody logged in
 * @param lastUsed when it last got new tokens, which it does every few minutes while it is used
 * @param isCurrent whether it is this program's own
 */
public record LoginSession(
    UUID id, Optional<String> program, Instant created, Instant lastUsed, boolean isCurrent) {}
