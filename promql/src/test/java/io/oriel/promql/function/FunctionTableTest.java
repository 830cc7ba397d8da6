package io.oriel.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.testing.SharedData;
import io.oriel.promql.Promql;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Function;
import io.oriel.promql.parse.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FunctionTableTest {
  @Test
  void every_row_has_its_words_and_an_example_that_calls_it() {
    assertThat(Words.read().lines().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Promql.functions().stream().map(Function::name).toList());
    assertThat(Promql.functions())
        .allSatisfy(row -> {
          assertThat(row.phrase()).isNotBlank();
          assertThat(row.example()).contains(row.name() + "(");
          Promql.parse(row.example(), Features.ALL);
        });
    assertThat(Aggregator.values())
        .allSatisfy(row -> {
          assertThat(row.phrase()).startsWith("{0}").contains("{each}");
          assertThat(row.example()).startsWith(row.text());
          Promql.parse(row.example(), Features.ALL);
        });
  }

  @Test
  void every_function_has_a_case_in_the_test_files() throws IOException {
    var cases = new StringBuilder();
    try (Stream<Path> files = Files.list(SharedData.conformance("promql"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".test")).toList()) {
        cases.append(Files.readString(file));
      }
    }

    assertThat(Promql.functions())
        .allSatisfy(function -> assertThat(cases).contains(function.name() + "("));
  }
}
