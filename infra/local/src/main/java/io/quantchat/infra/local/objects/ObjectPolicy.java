package io.quantchat.infra.local.objects;

import io.quantchat.infra.stack.Permission;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What the roles of those that sign allow to be done to the objects of a bucket. */
final class ObjectPolicy {

  /** What a request needs to be allowed, by the name it has in a policy. */
  enum Action {
    GET("s3:GetObject"),
    PUT("s3:PutObject"),
    DELETE("s3:DeleteObject"),
    ABORT("s3:AbortMultipartUpload"),
    LIST_PARTS("s3:ListMultipartUploadParts"),
    /** Of the bucket; who may do that is told of objects that aren't there. */
    LIST("s3:ListBucket");

    private final String name;

    Action(String name) {
      this.name = name;
    }
  }

  private final String arn;
  private final List<Permission> permissions;

  /**
   * @param bucket its name
   */
  ObjectPolicy(String bucket, Collection<Permission> permissions) {
    this.arn = "arn:aws:s3:::" + bucket;
    this.permissions =
        permissions.stream().filter(one -> one.action().matches("s3:.*|\\*")).toList();
  }

  boolean allows(Action action, String key) {
    return allows(action.name, arn + "/" + key);
  }

  boolean allowsList() {
    return allows(Action.LIST.name, arn);
  }

  private boolean allows(String action, String resource) {
    return permissions.stream()
        .anyMatch(one -> fits(one.action(), action) && fits(one.resource(), resource));
  }

  /** A star stands for anything, a question mark for one character. */
  static boolean fits(String pattern, String text) {
    var expression = new StringBuilder();
    pattern
        .chars()
        .forEach(
            c ->
                expression.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
