package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.MessageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the files is refused, or has no effect. None of it is believed. */
class AlterationsTest {

  /** -Pslow sets it higher. */
  private static final int TIMES = Integer.getInteger("quantchat.alterations", 150);

  private static final UUID CONTACT = FilledStore.CONTACTS.getFirst();

  @TempDir Path folder;

  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void whateverIsDoneToTheFileIsRefusedOrHasNoEffect() throws IOException, SQLException {
    long seed = Long.getLong("quantchat.seed", System.nanoTime());
    System.out.println("seed of the alterations: " + seed);
    Path file = folder.resolve("store");
    List<Path> earlier = states(file);
    byte[] whole = Files.readAllBytes(file);
    byte[] witness = Files.readAllBytes(folder.resolve("store-witness"));
    List<String> before;
    try (LocalStore store = FilledStore.open(file)) {
      before = FilledStore.dump(store);
      assertThat(store.copy()).isEmpty();
    }

    for (int i = 0; i < TIMES; i++) {
      for (String suffix : List.of("-wal", "-shm", "-journal")) {
        Files.deleteIfExists(folder.resolve("store" + suffix));
      }
      Files.write(file, whole);
      Files.write(folder.resolve("store-witness"), witness);
      // Of seeds that are next to each other, Random's first numbers are much alike.
      var random = new Random(new SplittableRandom(seed + i).nextLong());
      var alterations = new Alterations(file, earlier, random);
      alterations.alter();
      String what = "seed " + (seed + i) + ": " + alterations;

      outcomes.merge(outcome(file, before, alterations, what), 1, Integer::sum);
    }
    System.out.println("alterations: " + outcomes);
    assertThat(outcomes).containsKey("refused");
  }

  private static String outcome(
      Path file, List<String> before, Alterations alterations, String what) {
    try (LocalStore store = FilledStore.open(file)) {
      if (alterations.isPutBack()) {
        assertThat(store.copy()).as(what).contains(Copy.OLDER);
        return "known to be older";
      }
      if (store.copy().isPresent()) {
        // A table and the ledger were put back, and nothing else had changed in between.
        assertThat(store.copy()).as(what).contains(Copy.OLDER);
        return "known to be older";
      }
      List<String> after = FilledStore.dump(store);
      assertThat(after).as(what).hasSameSizeAs(before);
      boolean damaged = false;
      for (int line = 0; line < before.size(); line++) {
        String said = after.get(line);
        boolean saidToBe = said.equals("damaged") || said.contains(Message.DAMAGED + "=");
        damaged |= saidToBe;
        if (!saidToBe) {
          assertThat(said).as(what).isEqualTo(before.get(line));
        }
      }
      return damaged ? "said to be damaged" : "without effect";
    } catch (StoreException e) {
      assertThat(e.getMessage()).as(what).endsWith(".").hasSizeGreaterThan(20);
      return e instanceof DamagedException ? "refused" : "refused: " + e.getMessage();
    }
  }

  /** Copies of what the store was on its way to what it is. */
  private List<Path> states(Path file) throws IOException {
    try (LocalStore store = FilledStore.open(file)) {
      FilledStore.fill(store);
    }
    Path first = Files.copy(file, folder.resolve("first"));
    try (LocalStore store = FilledStore.open(file)) {
      store.messages().read(CONTACT, received -> true);
      store.outbox().remove(FilledStore.message(CONTACT, 0).id());
      store
          .messages()
          .advance(
              FilledStore.SELF, FilledStore.message(CONTACT, 0).id(), CONTACT, MessageState.SENT);
      store.account().forgetTokens();
    }
    Path second = Files.copy(file, folder.resolve("second"));
    try (LocalStore store = FilledStore.open(file)) {
      store.messages().add(FilledStore.message(CONTACT, 7));
      store.received().remember(new MessageKey(CONTACT, new UUID(2, 7)));
      store.ownBundles().published(2);
      store.peers().dropPrekeys(CONTACT);
    }
    return List.of(first, second);
  }
}
