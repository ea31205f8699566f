package io.quantchat.client.model;

import java.time.Instant;
import java.util.Map;

/**
 * A message that was refused, kept for a look. It isn't acknowledged: as long as the relay has it,
 * it is tried again once something has changed that it was refused for, and leaves this list if it
 * opens.
 *
 * @param messageId as it came; empty where it can't be one
 * @param senderId as it came, and nobody has vouched for it; empty where it can't be one
 * @param reason the refusal's name
 * @param detail what is wrong, and what to do
 * @param message as it came
 */
public record Quarantined(
    String messageId,
    String senderId,
    Instant firstSeen,
    String reason,
    String detail,
    Map<String, Object> message) {}
