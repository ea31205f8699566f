package io.quantchat.client;

import io.quantchat.client.files.FileFolder;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileEntry.About;
import io.quantchat.client.store.FileEntry.Ciphertext;
import io.quantchat.client.store.FileEntry.Way;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.FileStore.Sealed;
import io.quantchat.crypto.AttachedFile;
import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.MediaRef;
import io.quantchat.crypto.Received;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.Thumbnail;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A message's files as they are sent, came in, and are shown. */
final class MessageFiles {

  /** For so long the server has a file. */
  private static final Duration ON_SERVER = Duration.ofDays(7);

  private MessageFiles() {}

  /** As it is sealed into its message. */
  static AttachedFile attached(Kept file) {
    About about = file.entry().about();
    return new AttachedFile(
        file.entry().way().mediaId().orElseThrow(),
        FileKey.of(file.entry().sealed().key()),
        about.name(),
        about.type(),
        about.size(),
        about.pixels(),
        about.thumbnail().map(Thumbnail::new),
        about.blurhash());
  }

  /** As it stands outside of its message. */
  static MediaRef ref(Kept file) {
    return attached(file).ref(file.entry().sealed().sha256());
  }

  /** As they came in, not fetched yet. */
  static List<Sealed> received(Received received, List<AttachedFile> files, SecureRandom random) {
    if (files.isEmpty()) {
      return List.of();
    }
    Instant until = received.created().plus(ON_SERVER);
    List<MediaRef> refs = received.mediaRefs().files();
    var sealed = new ArrayList<Sealed>();
    for (int i = 0; i < refs.size(); i++) {
      sealed.add(
          new Sealed(
              new UUID(random.nextLong(), random.nextLong()),
              received(files.get(i), refs.get(i), until)));
    }
    return sealed;
  }

  private static FileEntry received(AttachedFile file, MediaRef ref, Instant until) {
    try (Secret key = file.key().toSecret()) {
      return new FileEntry(
          new About(
              file.name(),
              file.type(),
              file.size(),
              file.pixels(),
              file.thumbnail().map(Thumbnail::bytes),
              file.blurhash(),
              Optional.empty()),
          new Ciphertext(key.bytes().clone(), ref.size(), ref.sha256(), List.of()),
          new Way(
              FileState.ON_SERVER,
              Optional.of(file.mediaId()),
              0,
              Optional.of(until),
              false,
              Optional.empty()));
    }
  }

  /** As it is shown. */
  static MessageFile shown(Kept file, FileFolder folder) {
    Way way = file.entry().way();
    long done =
        switch (way.state()) {
          case FETCHING -> folder.sizeOfPartial(file.id());
          case UPLOADING -> way.done();
          case SENT, HERE -> file.entry().sealed().size();
          default -> 0;
        };
    return shown(file, file.entry().about().thumbnail(), done);
  }

  /** The same while it moves, without its thumbnail. */
  static MessageFile moving(Kept file, long done) {
    return shown(file, Optional.empty(), done);
  }

  private static MessageFile shown(Kept file, Optional<byte[]> thumbnail, long done) {
    About about = file.entry().about();
    Way way = file.entry().way();
    return new MessageFile(
        file.number(),
        about.name(),
        about.type(),
        about.size(),
        about.pixels(),
        about.blurhash(),
        thumbnail,
        way.state(),
        done,
        file.entry().sealed().size(),
        way.until(),
        way.fault());
  }
}
