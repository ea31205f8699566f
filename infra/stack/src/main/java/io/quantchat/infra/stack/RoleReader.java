package io.quantchat.infra.stack;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a function's {@code AWS::IAM::Role}: plain statements that allow. The runner gives nobody
 * rights, but what it reads must be all that the role says.
 */
final class RoleReader {
  private static final Set<String> HONOURED = Set.of("Policies");
  private static final Set<String> WITHOUT_EFFECT = Set.of("AssumeRolePolicyDocument");

  private static final Set<String> READS =
      Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

  private RoleReader() {}

  static Set<Permission> read(Properties role) {
    role.allow(HONOURED, WITHOUT_EFFECT);
    Set<Permission> permissions = new HashSet<>();
    for (Properties policy : role.children("Policies")) {
      policy.allow(Set.of("PolicyDocument"), Set.of("PolicyName"));
      Properties document = policy.child("PolicyDocument");
      document.allow(Set.of("Statement"), Set.of("Version"));
      for (Properties statement : document.children("Statement")) {
        statement.allow(Set.of("Effect", "Action", "Resource", "Condition"), Set.of("Sid"));
        if (!statement.text("Effect").equals("Allow")) {
          throw statement.refusal("Effect", "must be Allow");
        }
        List<String> resources = statement.oneOrMore("Resource");
        for (String action : statement.oneOrMore("Action")) {
          Optional<Set<String>> attributes = attributes(statement, action);
          resources.forEach(
              resource -> permissions.add(new Permission(action, resource, attributes)));
        }
      }
    }
    return Set.copyOf(permissions);
  }

  /**
   * The attributes that a request may name. A condition on them holds for a request that names
   * none, so another one has to say that it may not be answered with all that an item has (DynamoDB
   * Developer Guide, Using IAM policy conditions for fine-grained access control).
   */
  private static Optional<Set<String>> attributes(Properties statement, String action) {
    // Whom mail comes from is nothing that is read or written here.
    if (!statement.has("Condition") || action.equals("ses:SendEmail")) {
      return Optional.empty();
    }
    Properties condition = statement.child("Condition");
    condition.allow(Set.of("ForAllValues:StringEquals", "StringEqualsIfExists"), Set.of());
    Properties named = condition.child("ForAllValues:StringEquals");
    named.allow(Set.of("dynamodb:Attributes"), Set.of());
    Properties answered = condition.child("StringEqualsIfExists");
    answered.allow(Set.of("dynamodb:Select", "dynamodb:ReturnValues"), Set.of());
    boolean isBounded =
        READS.contains(action)
            ? answered.oneOrMore("dynamodb:Select").equals(List.of("SPECIFIC_ATTRIBUTES"))
            : answered
                .oneOrMore("dynamodb:ReturnValues")
                .equals(List.of("NONE", "UPDATED_OLD", "UPDATED_NEW"));
    if (!isBounded) {
      throw statement.refusal("Condition", "lets " + action + " be answered with whole items");
    }
    return Optional.of(Set.copyOf(named.oneOrMore("dynamodb:Attributes")));
  }
}
