package io.quantchat.cli.agent;

import io.quantchat.client.QuantChat;
import java.lang.reflect.Proxy;

/** An account that this command alone holds. */
public final class OwnChat {

  private OwnChat() {}

  public static Chat of(QuantChat chat) {
    return (Chat)
        Proxy.newProxyInstance(
            Chat.class.getClassLoader(),
            new Class<?>[] {Chat.class},
            (proxy, method, arguments) ->
                method.getDeclaringClass() == Object.class
                    ? Operations.ofObject(proxy, method, arguments)
                    : Operations.call(chat, method, Operations.orNone(arguments)));
  }
}
