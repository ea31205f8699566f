package io.quantchat.infra.local.gateway;

/** One line of a message's header. */
public record HeaderLine(String name, String value) {}
