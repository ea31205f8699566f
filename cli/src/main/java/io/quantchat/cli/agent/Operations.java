package io.quantchat.cli.agent;

import io.quantchat.client.QuantChat;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods that can be called in another program: by name and parameters, and in reflection. */
final class Operations {

  /** What commands may ask of the program that holds an account. */
  static final Map<String, Method> CALLS = of(Chat.class);

  /** What that program tells them. */
  static final Map<String, Method> EVENTS = of(ChatListener.class);

  /** What only the program that opened the store can do, and why. */
  static final Map<String, String> LEFT_OUT =
      Map.of(
          "register", "it is done before there is an account to share",
          "login", "a password doesn't travel; the agent is locked first",
          "deleteAccount", "a password doesn't travel; the agent is locked first",
          "changePassphrase", "a passphrase doesn't travel; no command changes it",
          "changePassword", "a password doesn't travel; the agent is locked first",
          "changeEmail", "a password doesn't travel; the agent is locked first",
          "exportAccountFile", "a passphrase doesn't travel; the agent is locked first",
          "importAccountFile", "a passphrase doesn't travel; the agent is locked first",
          "disconnect", "others may need the connection",
          "publicKeys", "no command shows them");

  private Operations() {}

  private static Map<String, Method> of(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .collect(Collectors.toUnmodifiableMap(Operations::name, Function.identity()));
  }

  /** A name that overloads don't share, as in {@code send(UUID,String)}. */
  static String name(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  /**
   * Calls the method of the client that is named like one of {@link Chat}.
   *
   * @throws RuntimeException what it throws
   */
  static Object call(QuantChat chat, Method method, Object... arguments) {
    try {
      return invoke(
          QuantChat.class.getMethod(method.getName(), method.getParameterTypes()), chat, arguments);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("The client can't do " + name(method), e);
    }
  }

  /**
   * Calls a method.
   *
   * @throws RuntimeException what it throws
   */
  static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("This method can't be called: " + name(method), e);
    }
  }

  /** What a proxy says where it is asked what every object is. */
  @SuppressWarnings("ReferenceEquality") // A proxy is equal to itself alone.
  static Object ofObject(Object proxy, Method method, Object... arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> proxy.getClass().getInterfaces()[0].getSimpleName();
    };
  }

  /** Arguments as an array, which a proxy without any leaves out. */
  static Object[] orNone(Object... arguments) {
    return arguments == null ? new Object[0] : Arrays.copyOf(arguments, arguments.length);
  }
}
