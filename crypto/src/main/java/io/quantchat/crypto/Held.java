package io.quantchat.crypto;

/** A private key that its owner holds, and where it is in its life. */
public record Held<K extends PrivateKey>(K key, KeyStatus status) {}
