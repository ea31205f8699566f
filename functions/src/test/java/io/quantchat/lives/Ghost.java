package io.quantchat.lives;

import io.quantchat.lives.Person.Login;
import java.util.Optional;
import java.util.Set;

/**
 * One that has left.
 *
 * @param login what it could try to come back with
 * @param ticket another such thing
 * @param blockedBy ids of those who had surely blocked it when it left
 */
record Ghost(Person who, Optional<Login> login, Optional<String> ticket, Set<String> blockedBy) {}
