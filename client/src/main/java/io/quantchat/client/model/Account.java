package io.quantchat.client.model;

import java.util.UUID;

/** Whose program this is. */
public record Account(UUID userId, String email, String username, String fullName) {}
