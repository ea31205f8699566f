package io.quantchat.crypto;

import java.util.UUID;

/** What makes a message the same as another. Never its signatures or its ciphertext. */
public record MessageKey(UUID senderId, UUID messageId) {}
