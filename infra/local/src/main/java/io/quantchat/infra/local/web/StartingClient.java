package io.quantchat.infra.local.web;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/** The browser client while everything starts: it is read on a thread of its own meanwhile. */
public final class StartingClient {

  private record Loaded(HeaderRules rules, Optional<BuiltClient> client) {
    static final Loaded NOTHING = new Loaded(HeaderRules.NONE, Optional.empty());
  }

  private final CompletableFuture<Loaded> loaded = new CompletableFuture<>();

  private StartingClient() {}

  /**
   * Begins to read it.
   *
   * @param place empty for a backend alone
   * @param log is told in one line why what is there can't be served
   */
  public static StartingClient begin(Optional<ClientPlace> place, Consumer<String> log) {
    StartingClient starting = new StartingClient();
    Thread.ofPlatform()
        .daemon()
        .name("client-start")
        .start(() -> starting.loaded.completeAsync(() -> load(place, log), Runnable::run));
    return starting;
  }

  private static Loaded load(Optional<ClientPlace> place, Consumer<String> log) {
    if (place.isEmpty()) {
      return Loaded.NOTHING;
    }
    Path headers = place.get().headers();
    try {
      Optional<BuiltClient> client = BuiltClient.read(place.get().built());
      if (client.isEmpty() && !Files.exists(headers)) {
        return Loaded.NOTHING;
      }
      // Without its headers it isn't served either: they keep what is injected from running.
      return new Loaded(HeaderRules.read(headers), client);
    } catch (UnusableClient e) {
      log.accept(e.getMessage());
      return Loaded.NOTHING;
    }
  }

  /** The hash of what is served, in hexadecimal; empty where there is no client. */
  public Optional<String> hash() {
    return loaded.join().client().map(BuiltClient::hash);
  }

  /**
   * What answers for the client, or in its place.
   *
   * @param restUrl where the REST API is reached, which says whether it is over TLS
   */
  public Handler handler(URI restUrl, URI socketUrl) {
    HeaderRules rules = loaded.join().rules();
    HeaderRules fitting = isOverTls(restUrl) ? rules : rules.inClear();
    return loaded
        .join()
        .client()
        .<Handler>map(client -> new ClientHandler(client, fitting))
        .orElseGet(() -> new AbsentClient(fitting, restUrl, socketUrl));
  }

  /** A browser that was told so of this machine would refuse all else that it serves in clear. */
  private static boolean isOverTls(URI url) {
    return url.getScheme().equals("https") && !url.getHost().equals("localhost");
  }
}
