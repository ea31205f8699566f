package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.ServerUnreachableException;
import java.util.Map;

/**
 * A success. What the contract doesn't allow in it is taken for a server that is out of order: the
 * same may be asked again later.
 *
 * @param body maps and lists; an empty map where there was none
 */
record Answer(int status, Object body) {

  private static final int NOT_MODIFIED = 304;

  static boolean isSuccess(int status) {
    return (status >= 200 && status < 300) || status == NOT_MODIFIED;
  }

  boolean isNotModified() {
    return status == NOT_MODIFIED;
  }

  /**
   * @throws ServerUnreachableException where it is something else
   */
  Map<String, Object> object() {
    return Json.object(body).orElseThrow(Answer::senseless);
  }

  /**
   * A member that must be there.
   *
   * @throws ServerUnreachableException where it is no string
   */
  static String text(Map<String, Object> object, String name) {
    return Json.string(object, name).orElseThrow(Answer::senseless);
  }

  /**
   * A number that must be there.
   *
   * @throws ServerUnreachableException where it is none
   */
  static long number(Map<String, Object> object, String name) {
    if (object.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw senseless();
  }

  private static ServerUnreachableException senseless() {
    return new ServerUnreachableException("The server's answer makes no sense.");
  }
}
