package io.quantchat.infra.stack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a function's {@code AWS::IAM::Role}: plain statements that allow. The runner gives nobody
 * rights, but what it reads must be all that the role says.
 */
final class RoleReader {
  private static final Set<String> HONOURED = Set.of("Policies");
  private static final Set<String> WITHOUT_EFFECT = Set.of("AssumeRolePolicyDocument");

  private RoleReader() {}

  static Set<Permission> read(Properties role) {
    role.allow(HONOURED, WITHOUT_EFFECT);
    Set<Permission> permissions = new HashSet<>();
    for (Properties policy : role.children("Policies")) {
      policy.allow(Set.of("PolicyDocument"), Set.of("PolicyName"));
      Properties document = policy.child("PolicyDocument");
      document.allow(Set.of("Statement"), Set.of("Version"));
      for (Properties statement : document.children("Statement")) {
        statement.allow(Set.of("Effect", "Action", "Resource"), Set.of("Sid"));
        if (!statement.text("Effect").equals("Allow")) {
          throw statement.refusal("Effect", "must be Allow");
        }
        List<String> resources = statement.oneOrMore("Resource");
        for (String action : statement.oneOrMore("Action")) {
          resources.forEach(resource -> permissions.add(new Permission(action, resource)));
        }
      }
    }
    return Set.copyOf(permissions);
  }
}
