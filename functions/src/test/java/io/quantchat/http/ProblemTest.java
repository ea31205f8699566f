package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void aProblemHasTheMembersOfRfc9457() throws JsonProcessingException {
    var problem = Problem.of(Problem.Kind.NOT_FOUND, "There is no such contact.");

    assertThat(problem.toJson())
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"type": "about:blank", "title": "Not Found", "status": 404,
                 "detail": "There is no such contact."}
                """));
  }

  @Test
  void aProblemWithFieldsNamesEachInItsDetailAndInAList() throws JsonProcessingException {
    var problem =
        Problem.invalid(
            List.of(
                new Problem.FieldError("email", "is required"),
                new Problem.FieldError("password", "must be a string")));

    assertThat(problem.toJson())
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"type": "about:blank", "title": "Unprocessable Content", "status": 422,
                 "detail": "email: is required; password: must be a string",
                 "errors": [{"field": "email", "detail": "is required"},
                            {"field": "password", "detail": "must be a string"}]}
                """));
  }

  @Test
  void aProblemCostsNoStackTrace() {
    assertThat(Problem.of(Problem.Kind.CONFLICT, "Taken.").getStackTrace()).isEmpty();
  }
}
