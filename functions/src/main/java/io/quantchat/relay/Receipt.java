package io.quantchat.relay;

/**
 * That a message is stored.
 *
 * @param message as it was stored first
 * @param isRepeat whether an earlier request had stored it
 */
public record Receipt(Message message, boolean isRepeat) {}
