package io.quantchat.erasure;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Host;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Invoked by a schedule, whatever the event says: erases accounts that have left. */
public final class ErasureHandler implements RequestStreamHandler {

  private final Erasure erasure;

  /** Called by Lambda. */
  public ErasureHandler() {
    this(Rehearsal.onLambda(ErasureHandler::new, ErasureRehearsal::play));
  }

  /** The function on this host. */
  public ErasureHandler(Host host) {
    this.erasure = Erasure.of(host);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Erasure.Run run = erasure.run();
    Json.MAPPER.writeValue(
        out, Json.object().put("erased", run.erased()).put("waiting", run.waiting()));
  }
}
