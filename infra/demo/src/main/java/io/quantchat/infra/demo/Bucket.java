package io.quantchat.infra.demo;

import io.quantchat.infra.local.objects.StoredObject;
import java.io.IOException;
import java.util.List;

/** The server's objects, read behind its back. */
@FunctionalInterface
interface Bucket {

  List<StoredObject> objects() throws IOException;

  /** The objects of a file: one while the server has it. */
  default List<StoredObject> of(String mediaId) throws Difference {
    return all().stream().filter(object -> object.key().endsWith("/" + mediaId)).toList();
  }

  default List<StoredObject> all() throws Difference {
    try {
      return objects();
    } catch (IOException unreadable) {
      throw new Difference("the server's objects", "none: " + unreadable.getMessage());
    }
  }
}
