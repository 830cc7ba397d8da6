package io.oriel.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.testing.SharedData;
import io.oriel.promql.PrintedPage;
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
  void the_page_of_functions_is_printed_from_the_table() throws IOException {
    PrintedPage.check("promql.md", page());
  }

  private static String page() {
    var page = new StringBuilder();
    page.append("# PromQL: functions and aggregations\n\n")
        .append("Printed from the table of functions by a test; see FunctionTableTest.\n\n")
        .append("## Functions\n\n| function | gives | what it is for |\n|---|---|---|\n");
    for (Function function : Promql.functions()) {
      String signature = function.signature();
      int gives = signature.lastIndexOf(')') + 1;
      page.append("| `").append(signature, 0, gives).append("` | ");
      page.append(function.returns().words()).append(" | ").append(function.doc());
      page.append(function.experimental() ? " Experimental." : "").append(" |\n");
    }
    page.append(
        "\n## Aggregations\n\n| aggregation | parameter | what it is for |\n|---|---|---|\n");
    for (Aggregator aggregator : Aggregator.values()) {
      var parameter = aggregator.parameter();
      page.append("| `").append(aggregator.text()).append("` | ");
      page.append(parameter == null ? "" : parameter.words()).append(" | ");
      page.append(aggregator.doc());
      page.append(aggregator.experimental() ? " Experimental." : "").append(" |\n");
    }
    return page.toString();
  }

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
