package io.quantchat.client.model;

import java.time.Instant;
import java.util.Map;

/**
 * A message that was refused, kept for a look. It isn't acknowledged: as long as the relay has it,
 * it is tried again each time, and leaves this list if it opens.
 *
 * @param messageId as it came
 * @param senderId as it came; nobody has vouched for it
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
