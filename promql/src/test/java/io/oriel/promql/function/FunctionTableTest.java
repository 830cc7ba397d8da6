package io.oriel.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.testing.SharedData;
import io.oriel.promql.PrintedPage;
import io.oriel.promql.Promql;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Function;
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
