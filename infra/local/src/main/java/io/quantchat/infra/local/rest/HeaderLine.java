package io.quantchat.infra.local.rest;

/** One line of a message's header. */
record HeaderLine(String name, String value) {}
