package io.quantchat.lives;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody with one device, and what that knows of the account. */
final class Person {

  /**
   * Where an account stands: {@link #MAYBE} while an answer to registering is lost, {@link
   * #LEAVING} while one to leaving is.
   */
  enum Stage {
    NEW,
    MAYBE,
    REGISTERED,
    LEAVING,
    GONE
  }

  final String name;
  final String email;
  final String password;
  final List<Socket> sockets = new ArrayList<>();
  private final Map<Person, Relation> contacts = new HashMap<>();
  private final Map<Person, Relation> blocks = new HashMap<>();

  Stage stage = Stage.NEW;

  /** Null until the account is known to be there. */
  String id;

  Optional<Login> login = Optional.empty();

  /** One that was asked for before leaving, and not used. */
  Optional<String> ticket = Optional.empty();

  /** How many writes the store had done by when it had surely left. */
  long goneAt;

  /** When it had surely left. */
  Instant knownGone = Instant.MAX;

  Person(String name, String email) {
    this.name = name;
    this.email = email;
    this.password = "the password of " + name;
  }

  Relation contact(Person other) {
    return contacts.computeIfAbsent(other, one -> new Relation());
  }

  Relation block(Person other) {
    return blocks.computeIfAbsent(other, one -> new Relation());
  }

  List<Socket> openSockets() {
    sockets.removeIf(socket -> !socket.isOpen());
    return sockets;
  }

  /** A session, as the device has it. */
  static final class Login {

    String accessToken;
    String refreshToken;
    Instant accessUntil;
    Instant refreshedAt;

    /** When a refresh was asked for that wasn't answered; the token may be spent. */
    Optional<Instant> unanswered = Optional.empty();
  }

  @Override
  public String toString() {
    return name;
  }
}
