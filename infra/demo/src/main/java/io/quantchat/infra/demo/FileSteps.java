package io.quantchat.infra.demo;

import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.MediaRef;
import io.quantchat.infra.demo.Play.Ended;
import io.quantchat.infra.demo.ServerAnswers.Waiting;
import io.quantchat.infra.local.objects.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** The steps with a picture, and what the server holds of it. */
final class FileSteps {

  private static final int ONLY = 1;
  private static final int SHOWN_BYTES = 8;

  private final Play play;
  private final Cast cast;
  private final ServerAnswers server;
  private final Optional<Bucket> bucket;
  private final Look look;

  /**
   * @param bucket where it can be looked into
   */
  FileSteps(Play play, Cast cast, ServerAnswers server, Optional<Bucket> bucket, Look look) {
    this.play = play;
    this.cast = cast;
    this.server = server;
    this.bucket = bucket;
    this.look = look;
  }

  /** A picture to somebody who is offline: it waits at the server, and its message, too. */
  SentFile sendToOffline(Person from, Person to, Picture picture) throws Ended {
    return play.step(
        "%s sends %s a picture".formatted(from.name(), to.name()),
        () -> {
          Path original = cast.fileOf(from, picture.name());
          write(original, picture.bytes());
          Message sent = from.program().send(to.id(), "", List.of(new Attachment(original, false)));
          from.awaitState(sent, MessageState.SENT);
          Waiting waiting =
              server
                  .waiting(to, sent.id())
                  .orElseThrow(() -> new Difference("the message at the server", "nothing"));
          MediaRef ref = waiting.envelope().mediaRefs().files().getFirst();
          MessageFile file = from.program().files(from.id(), sent.id()).getFirst();
          byte[] bytes = saved(from, sent, cast.fileOf(from, "sent-" + picture.name()));
          Difference.checkThat("a padded size", ref.size() > file.size());
          Difference.checkThat("no place in what is sent", !tells(bytes, picture));
          FileTraces traces;
          try (FileKey key = cast.keyOf(from, sent)) {
            traces = FileTraces.of(picture, file, bytes, key, ref);
          }
          return new Outcome<>(
              new SentFile(picture, sent, bytes, ref, traces),
              List.of(
                  shown(from, to, picture),
                  Shown.size(bytes.length) + "; where it was taken stays here",
                  "encrypted here; the key is inside the message"),
              List.of(
                  EnvelopeLines.content(waiting.envelope().content(), look),
                  "%-11s %s%s".formatted("file", Shown.size(ref.size()), beginning(ref)),
                  "padded: what it is, or how long, can't be told"));
        });
  }

  /** The object is what the message speaks of; its first bytes. */
  private String beginning(MediaRef ref) throws Difference {
    if (bucket.isEmpty()) {
      return "";
    }
    List<StoredObject> objects = bucket.get().of(ref.mediaId());
    Difference.check("objects of the file", 1, objects.size());
    StoredObject object = objects.getFirst();
    Difference.check("bytes of the object", ref.size(), (long) object.bytes().length);
    Difference.check("its type", "application/octet-stream", object.contentType());
    return "  " + Shown.hex(object.bytes(), SHOWN_BYTES, look);
  }

  /** It is fetched, and the server has it no more. */
  void comesAndIsForgotten(Person who, Person sender, SentFile sent) throws Ended {
    play.step(
        who.name() + " gets the picture",
        () -> {
          who.awaitMessage(sent.message());
          who.eyes()
              .await(
                  Told.FileMoved.class,
                  told ->
                      told.messageId().equals(sent.message().id())
                          && told.file().state() == FileState.HERE);
          sender.awaitState(sent.message(), MessageState.DELIVERED);
          byte[] bytes = saved(who, sent.message(), cast.fileOf(who, sent.picture().name()));
          Difference.checkThat(
              "the bytes that were sent", MessageDigest.isEqual(sent.bytes(), bytes));
          server.awaitGone(who, sent.message().id());
          server.awaitFileGone(who, sent.ref().mediaId());
          if (bucket.isPresent()) {
            Difference.check("objects", 0, bucket.get().all().size());
          }
          return new Outcome<>(
              bytes,
              List.of(
                  shown(sender, who, sent.picture()),
                  "saved: the bytes that %s's program sent".formatted(sender.name())),
              List.of(
                  "fetched, then deleted by %s's program".formatted(who.name()),
                  "404 from now on" + (bucket.isPresent() ? ", 0 objects left" : "")));
        });
  }

  private String shown(Person from, Person to, Picture picture) {
    return "%s %s %s  %s".formatted(from.name(), look.arrow(), to.name(), picture.name());
  }

  private static boolean tells(byte[] bytes, Picture picture) {
    byte[] place = picture.place().getBytes(StandardCharsets.UTF_8);
    return new TextSearch(List.of(place)).find(bytes).isPresent();
  }

  private static byte[] saved(Person who, Message message, Path to) {
    who.program().save(message.senderId(), message.id(), ONLY, to);
    try {
      return Files.readAllBytes(to);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + to, e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write " + file, e);
    }
  }

  /**
   * A picture that waits at the server.
   *
   * @param bytes that were sent: without what a camera wrote into them
   * @param ref the server's word for it
   */
  record SentFile(
      Picture picture, Message message, byte[] bytes, MediaRef ref, FileTraces traces) {}
}
