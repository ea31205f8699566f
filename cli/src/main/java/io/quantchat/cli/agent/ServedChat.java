package io.quantchat.cli.agent;

import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.model.Message;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An account that this program holds and that several commands use, each by a {@link Chat} of its
 * own. All are told what happens, and each what the others write. Nobody's ends the connection.
 */
public final class ServedChat implements AutoCloseable {

  /** As long as a frame over the socket may be without an answer. */
  private static final Duration LONGEST_FLIGHT = Duration.ofSeconds(10);

  private final List<ChatListener> listeners = new CopyOnWriteArrayList<>();
  private final InFlight inFlight = new InFlight();
  private final ChatListener told = listener(this::tell);
  private final QuantChat chat;

  /** Whether messages go out over a socket. */
  private volatile boolean open;

  /**
   * @param opening opens the account with the listener that it is given
   */
  public ServedChat(Function<QuantChatListener, QuantChat> opening) {
    this.chat = opening.apply(told);
  }

  /** The account, for a command of this program. */
  public Chat view(ChatListener listener) {
    listeners.add(listener);
    return (Chat)
        Proxy.newProxyInstance(
            Chat.class.getClassLoader(),
            new Class<?>[] {Chat.class},
            (proxy, method, arguments) ->
                method.getDeclaringClass() == Object.class
                    ? Operations.ofObject(proxy, method, arguments)
                    : call(method, listener, Operations.orNone(arguments)));
  }

  /** Has a connection from now on, where there is an account to have one with. */
  public void start() {
    if (chat.account().isPresent()) {
      chat.connect();
    }
  }

  /** What the account tells, goes to everybody from here. */
  ChatListener told() {
    return told;
  }

  void add(ChatListener listener) {
    listeners.add(listener);
  }

  void remove(ChatListener listener) {
    listeners.remove(listener);
  }

  /** Does what somebody asks. */
  Object call(Method method, ChatListener asking, Object... arguments) {
    return switch (method.getName()) {
      case "connect" -> connect(asking);
      case "send", "sendOnce" ->
          inFlight.write(
              () -> (Message) Operations.call(chat, method, arguments),
              asking,
              listener((event, told) -> tell(event, asking, told)));
      case "sync" -> sync(asking);
      case "close" -> {
        remove(asking);
        yield null;
      }
      default -> Operations.call(chat, method, arguments);
    };
  }

  /**
   * What has left over the socket isn't sent again while it may be answered: that is awaited, also
   * where it left only while this was under way.
   */
  private boolean sync(ChatListener asking) {
    inFlight.await(asking, () -> open, LONGEST_FLIGHT);
    boolean done = chat.sync();
    if (!done && open && inFlight.isAny(asking)) {
      inFlight.await(asking, () -> open, LONGEST_FLIGHT);
      done = chat.sync();
    }
    return done;
  }

  /** Who comes later is told alone that there is a connection. */
  private Object connect(ChatListener asking) {
    boolean before = open;
    chat.connect();
    if (before) {
      asking.connection(true);
    }
    return null;
  }

  /** Tells everybody what happens, in an order in which nobody hears of what they don't know. */
  private void tell(Method event, Object... arguments) {
    switch (event.getName()) {
      case "connection" -> open = (boolean) arguments[0];
      case "loginRequired" -> open = false;
      case "moved", "held", "reissued" -> inFlight.look();
      default -> {
        // Nothing here depends on it.
      }
    }
    tell(event, null, arguments);
    switch (event.getName()) {
      case "moved" -> inFlight.settled(((Message) arguments[0]).id());
      case "held" -> inFlight.held(((Message) arguments[0]).contactId());
      case "reissued" -> inFlight.renamed((UUID) arguments[0], ((Message) arguments[1]).id());
      default -> inFlight.look();
    }
  }

  /** One that fails hinders no other; its failure comes out when all are told. */
  private void tell(Method event, ChatListener but, Object... arguments) {
    RuntimeException failure = null;
    for (ChatListener listener : listeners) {
      if (!listener.equals(but)) {
        try {
          Operations.invoke(event, listener, arguments);
        } catch (RuntimeException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** What tells. */
  private interface Teller {
    void tell(Method event, Object... arguments);
  }

  private static ChatListener listener(Teller teller) {
    return (ChatListener)
        Proxy.newProxyInstance(
            ChatListener.class.getClassLoader(),
            new Class<?>[] {ChatListener.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return Operations.ofObject(proxy, method, arguments);
              }
              teller.tell(method, Operations.orNone(arguments));
              return null;
            });
  }

  @Override
  public void close() {
    chat.close();
  }
}
