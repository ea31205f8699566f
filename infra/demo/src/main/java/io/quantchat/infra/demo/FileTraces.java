package io.quantchat.infra.demo;

import io.quantchat.client.model.MessageFile;
import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.MediaRef;
import io.quantchat.crypto.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What could tell of a file.
 *
 * @param search for all of it: none of this may be where the server is
 * @param controls each for something that the server is told, to see that it would be found
 */
record FileTraces(Search search, List<Search> controls) {

  /**
   * Those of a picture.
   *
   * @param sent as its sender's program tells of it
   * @param bytes as they were sent
   */
  static FileTraces of(Picture picture, MessageFile sent, byte[] bytes, FileKey key, MediaRef ref) {
    var secrets = new ArrayList<byte[]>();
    Stream.of(picture.name(), picture.place())
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .forEach(secrets::add);
    secrets.add(bytes);
    // Where Java has no desktop module there are neither.
    sent.blurhash().map(hash -> hash.getBytes(StandardCharsets.UTF_8)).ifPresent(secrets::add);
    sent.thumbnail().ifPresent(secrets::add);
    try (Secret secret = key.toSecret()) {
      secrets.add(secret.bytes().clone());
    }
    var words =
        new WordSearch(List.of(sent.type()), List.of(sent.size(), (long) picture.bytes().length));
    return new FileTraces(
        Search.of(List.of(new TextSearch(secrets), words)),
        List.of(
            new TextSearch(List.of(ref.sha256())),
            // It is made of the key: the one that was looked for is the right one.
            new TextSearch(List.of(key.deleteHash())),
            new WordSearch(List.of(), List.of(ref.size()))));
  }
}
