package io.quantchat.crypto;

import java.util.UUID;

/** The names that make a message the same as another: never its signatures or its ciphertext. */
public record MessageKey(UUID senderId, UUID messageId) {}
