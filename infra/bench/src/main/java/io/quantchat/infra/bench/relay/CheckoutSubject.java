package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.checkout.Backend;
import io.quantchat.infra.bench.checkout.Checkout;
import io.quantchat.infra.bench.load.RelayService;
import io.quantchat.infra.bench.load.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code ./quantchat up} of a checkout.
 *
 * @param here whether it is the working tree, whose data folders this version writes
 */
record CheckoutSubject(Checkout checkout, boolean here) implements Subject {

  @Override
  public String name() {
    return checkout.name();
  }

  @Override
  public boolean has(Measurement measurement, Storage storage) {
    return switch (measurement) {
      case START, STEADY, OPEN_LOOP -> true;
      case IDLE -> storage == Storage.MEMORY;
      case QUEUE -> storage == Storage.DISK;
      case OPENING -> here && storage == Storage.DISK;
      case PUTS -> here;
    };
  }

  @Override
  public Service start(Storage storage) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-bench").toRealPath();
    try {
      Path errors = folder.resolve("errors");
      return service(
          switch (storage) {
            case MEMORY -> Backend.inMemory(checkout, errors);
            case DISK -> Backend.onDisk(checkout, errors, folder.resolve("data"));
          },
          folder);
    } catch (IOException notStarted) {
      Checkout.delete(folder);
      throw notStarted;
    }
  }

  @Override
  public Service open(Path data) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-bench").toRealPath();
    return service(Backend.onDisk(checkout, folder.resolve("errors"), data), folder);
  }

  private static Service service(Backend backend, Path folder) {
    return new RelayService(
        backend.instance(),
        backend.ready() / 1000,
        () -> {
          backend.close();
          Checkout.delete(folder);
        });
  }
}
