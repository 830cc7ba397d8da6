package io.oriel.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.SharedData;
import io.oriel.promql.expr.Expr;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages and printed forms recorded from Prometheus. */
class RecordedTextsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> an_invalid_query_is_refused_in_prometheus_words() throws IOException {
    return lines("promql/errors.jsonl")
        .map(row -> dynamicTest(row.get("id").asText(), () -> isRefused(row)));
  }

  private static void isRefused(JsonNode row) {
    String query = row.get("expr").asText();
    var features = new Features(row.get("experimental").asBoolean());

    var refusal =
        catchThrowableOfType(
            Refusal.BadQuery.class, () -> Parser.parse(query, features, Limits.NORMAL));

    assertThat(refusal).as(query).isNotNull().hasMessage(row.get("error").asText());
  }

  @TestFactory
  Stream<DynamicTest> a_query_is_printed_as_prometheus_prints_it() throws IOException {
    return lines("promql/format.jsonl")
        .map(row -> dynamicTest(row.get("id").asText(), () -> isPrinted(row)));
  }

  private static void isPrinted(JsonNode row) {
    Expr expr = Parser.parse(row.get("expr").asText(), Features.ALL, Limits.NORMAL);

    assertThat(expr.type().apiName()).isEqualTo(row.get("type").asText());
    assertThat(Printer.line(expr)).isEqualTo(row.get("string").asText());
    assertThat(Printer.pretty(expr)).isEqualTo(row.get("pretty").asText());
    Expr again = Parser.parse(Printer.pretty(expr), Features.ALL, Limits.NORMAL);
    assertThat(Printer.line(again)).isEqualTo(Printer.line(expr));
  }

  private static Stream<JsonNode> lines(String file) throws IOException {
    List<String> lines = Files.readAllLines(SharedData.conformance(file));
    return lines.stream()
        .map(line -> {
          try {
            return JSON.readTree(line);
          } catch (IOException e) {
            throw new AssertionError(file + ": " + line, e);
          }
        });
  }
}
