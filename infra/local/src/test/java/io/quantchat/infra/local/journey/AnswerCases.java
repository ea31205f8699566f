package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Calls, each with the status that it must be answered with, in their order. */
final class AnswerCases {
  /** Bodies that may be larger than all others, in KiB. */
  private static final Map<String, Integer> LARGEST_BODIES =
      Map.of("/relay/send", 96, "/keys/bundle", 64, "/keys/prekeys", 256);

  private final List<Case> all = new ArrayList<>();

  /** Of all, those that are wrong in one of several ways, and refused whatever was before. */
  private final Set<Case> alike = new LinkedHashSet<>();

  /** One call and the status it must be answered with. */
  private record Case(
      String why,
      String method,
      String resource,
      String path,
      Optional<String> token,
      Optional<String> body,
      int status) {

    /** What others are answered as well that are wrong in another way. */
    String answer() {
      return method + " " + resource + " " + status;
    }

    DynamicTest on(Api api) {
      String name = method + " " + resource + ", " + why + ": " + status;
      return DynamicTest.dynamicTest(
          name, () -> api.call(method, resource, path, token, body).expect(status));
    }
  }

  /** A test for each, to be run in this order. */
  Stream<DynamicTest> on(Api api) {
    return all.stream().map(answer -> answer.on(api));
  }

  /**
   * A test for each, to be run in this order; but of bodies and of tokens that are refused alike,
   * whatever was before, each route has only one, and the next route another.
   */
  Stream<DynamicTest> fewOn(Api api) {
    Set<Case> few = few();
    return all.stream()
        .filter(answer -> !alike.contains(answer) || few.contains(answer))
        .map(answer -> answer.on(api));
  }

  private Set<Case> few() {
    Map<String, List<Case>> byAnswer =
        alike.stream()
            .collect(Collectors.groupingBy(Case::answer, LinkedHashMap::new, Collectors.toList()));
    Set<Case> few = new HashSet<>();
    for (List<Case> of : byAnswer.values()) {
      few.add(of.get(few.size() % of.size()));
    }
    return few;
  }

  /** Bodies that no route takes. */
  void bodies(String method, String resource, Optional<String> token) {
    bodies(method, resource, resource, token);
  }

  /** Bodies that no route takes, of one that has a path of its own. */
  void bodies(String method, String resource, String path, Optional<String> token) {
    int largest = LARGEST_BODIES.getOrDefault(resource, 32) * 1024;
    String tooLarge = "{\"padding\": \"" + "x".repeat(largest) + "\"}";
    String tooDeep = "{\"deep\": " + "[".repeat(40) + "]".repeat(40) + "}";
    int first = all.size();
    raw("no body", method, resource, path, token, Optional.empty(), 400);
    raw("no JSON", method, resource, path, token, Optional.of("{\"email\": "), 400);
    raw("a list", method, resource, path, token, Optional.of("[]"), 400);
    raw("too deep", method, resource, path, token, Optional.of(tooDeep), 400);
    raw("too large", method, resource, path, token, Optional.of(tooLarge), 413);
    alike.addAll(all.subList(first, all.size()));
  }

  private void raw(
      String why,
      String method,
      String resource,
      String path,
      Optional<String> token,
      Optional<String> body,
      int status) {
    all.add(new Case(why, method, resource, path, token, body, status));
  }

  void open(String why, String resource, JsonNode body, int status) {
    raw(why, "POST", resource, resource, Optional.empty(), Optional.of(body.toString()), status);
  }

  void page(String resource) {
    raw("the page", "GET", resource, resource, Optional.empty(), Optional.empty(), 200);
  }

  void add(
      String why,
      String method,
      String resource,
      Accounts.User who,
      Optional<? extends JsonNode> body,
      int status) {
    raw(why, method, resource, resource, who.token(), body.map(JsonNode::toString), status);
  }

  void about(
      String why,
      String method,
      String resource,
      String path,
      Accounts.User who,
      JsonNode body,
      int status) {
    raw(why, method, resource, path, who.token(), Optional.of(body.toString()), status);
  }

  void path(
      String why, String method, String resource, String path, Accounts.User who, int status) {
    raw(why, method, resource, path, who.token(), Optional.empty(), status);
  }

  void refuse(String why, String method, String resource, String path, Optional<String> token) {
    raw(why, method, resource, path, token, Optional.of("{}"), 401);
    alike.add(all.getLast());
  }
}
