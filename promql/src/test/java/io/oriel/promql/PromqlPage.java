package io.oriel.promql;

import io.oriel.model.limit.Limit;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Prints docs/promql.md: the words around the tables are here, what stands in them is the code's.
 */
final class PromqlPage {
  private static final String EXPERIMENTAL = " Experimental.";

  /** What else a query is made of: an example of each, and what the explanation says of it. */
  private static final List<String> FORMS =
      List.of(
          "http_requests_total{job=\"api\", code=~\"5.*\", path!=\"\"}",
          "{\"gen_ai.server.time_to_first_token\", \"service.name\"=\"planner\"}",
          "rate(http_requests_total[5m])",
          "node_load1 offset 1d",
          "node_load1 @ 1609746000",
          "rate(http_requests_total[5m] @ end())",
          "max_over_time(rate(http_requests_total[5m])[1h:30s])",
          "sum by (instance) (node_network_up)",
          "sum without (cpu, mode) (node_cpu_seconds_total)",
          "node_load1 > 10",
          "node_load1 > bool 10",
          "errors / on (instance) requests",
          "errors / ignoring (code) requests",
          "build_info * on (instance) group_right (version) up",
          "errors / on (instance) fill (0) requests",
          "rate(http_requests_total[5m] smoothed)",
          "increase(http_requests_total[5m] anchored)",
          "rate(http_requests_total[step() * 2])");

  private final StringBuilder page = new StringBuilder();

  private PromqlPage() {}

  static String print() throws IOException {
    var page = new PromqlPage();
    page.opening();
    page.forms();
    page.functions();
    page.aggregations();
    page.operators();
    page.experiments();
    page.limits();
    page.differences();
    page.embedding();
    return page.page.toString();
  }

  private void opening() {
    say(
        """
        # PromQL

        The query language of Prometheus 3, as Oriel answers it on `/api/v1/query` and `/api/v1/query_range`, in the explorer, and as a Java \
        library. Every case of Prometheus' own test files passes: see [conformance.md](conformance.md). This page is printed from the tables \
        that the engine itself works by; a test holds it to them (`PromqlPageTest`).

        A query gives one of four types: a **scalar** (a number), a **string**, an **instant vector** (one sample a series at a moment) or a \
        **range vector** (all samples of a stretch of time). Times are UTC; a number may be written as a duration (`5m` is 300) and the \
        other way round.

        What a query asks is said in words by `GET /api/v1/oriel/explain?query=`, and below every query in the explorer; the sentences of \
        the next table come from there.
        """);
  }

  private void forms() {
    head("Selecting, shifting, grouping, matching", "query", "what it asks");
    for (String query : FORMS) {
      row(code(query), Promql.explain(query).text().replace("\n", "; ").replace("|", "\\|"));
    }
    say(
        """

        A regular expression is RE2 and must match the whole value. `offset` and `@` stand behind a selector, a range or a subquery, in \
        either order. A comparison keeps what holds; with `bool` it gives 1 or 0. Names that are not plain stand in quotes within the braces.
        """);
  }

  private void functions() {
    table("Functions over a range", this::overRange);
    table("Functions of an instant vector", row -> ofVector(row) && !overRange(row));
    table("Numbers and moments", row -> !ofVector(row) && !overRange(row));
  }

  private boolean overRange(Function row) {
    return row.takes().contains(ValueType.MATRIX);
  }

  private boolean ofVector(Function row) {
    return row.takes().contains(ValueType.VECTOR) && row.fewest() > 0;
  }

  private void table(String title, Predicate<Function> belongs) {
    head(title, "function", "gives", "what it is for", "example");
    for (Function row : Promql.functions()) {
      if (!belongs.test(row)) continue;
      String signature = row.signature();
      row(
          code(signature.substring(0, signature.lastIndexOf(')') + 1)),
          row.returns().words(),
          row.doc() + (row.experimental() ? EXPERIMENTAL : ""),
          code(row.example()));
    }
  }

  private void aggregations() {
    head("Aggregations", "aggregation", "what it is for", "example");
    for (Aggregator row : Aggregator.values()) {
      String signature = row.signature();
      row(
          code(signature.substring(0, signature.lastIndexOf(')') + 1)),
          row.doc() + (row.experimental() ? EXPERIMENTAL : ""),
          code(row.example()));
    }
    say(
        """

        `by (labels)` keeps the named labels, `without (labels)` all but them; either stands before or behind the brackets. Without both \
        there is one group. `topk`, `bottomk`, `limitk` and `limit_ratio` choose among the series and keep their labels.
        """);
  }

  private void operators() {
    head("Operators, the tightest first", "operator", "what it does", "example");
    Stream.of(Operator.values())
        .sorted(Comparator.comparingInt(Operator::binds).reversed())
        .forEach(row -> row(code(row.sign()), row.doc(), code(row.example())));
    say(
        """

        A sign binds as tightly as `^`: `-2 ^ 2` is -4. Operators of one strength are read from the left, `^` from the right. Between two \
        vectors, series with the same labels meet, one with one; `on (labels)` and `ignoring (labels)` say which labels count, `group_left` \
        and `group_right` let many on one side meet one on the other, and may take labels along.
        """);
  }

  private void experiments() {
    String functions =
        listed(Promql.functions().stream().filter(Function::experimental).map(Function::name));
    String aggregations =
        listed(
            Stream.of(Aggregator.values()).filter(Aggregator::experimental).map(Aggregator::text));
    say(
        """

        ## What is experimental

        Prometheus keeps these behind feature flags and may still change them. In Oriel one switch turns all on: \
        `promql.experimental: true` in oriel.yaml ([configuration.md](configuration.md)). Without it a query that uses one is refused by name.

        - functions: %s
        - aggregations: %s
        - `anchored` and `smoothed` behind a range, durations that are computed (`[5m + step()]`), `fill`, `fill_left` and `fill_right`
        - metric names are dropped at the very end of a query, and `__type__` and `__unit__` wherever the name is
        """
            .formatted(functions, aggregations));
  }

  private static String listed(Stream<String> names) {
    return String.join(", ", names.map(PromqlPage::code).toList());
  }

  private void limits() {
    head("Limits", "limit", "default", "what it counts");
    for (Limit limit : Limit.values()) {
      if (!limit.key().startsWith("quer")) continue;
      row(
          code("limits." + limit.key()),
          String.format(Locale.ROOT, "%,d", limit.normal()),
          limit.bounds());
    }
    say(
        """

        A query over a limit is refused at once; the message names the limit and its key. A query ends when its connection closes.
        """);
  }

  private void differences() {
    say(
        """

        ## Where Oriel differs from Prometheus 3

        None of Prometheus' own cases has another value, message or annotation here. What differs is around them:

        - Depth, length and size of a query are limited (above), so that no text can bring the process down: Prometheus 3.14 ends on \
        `x[1y:1ms]`, and works for 45 s on a million brackets.
        - Regular expressions are RE2/J: the same syntax and linear time; one with very many alternatives may be refused.
        - What is experimental has one switch instead of a flag each.

        Debian's Prometheus 2.42 is older: windows closed on the left, no native histograms to speak of, no annotations.
        """);
  }

  private void embedding() throws IOException {
    say(
        """

        ## In a Java program

        The engine needs the modules `model` and `promql`, and something to read from: any `MetricSource`, here one in memory. A test \
        compiles and runs these lines (`EmbedTest`).

        ```java
        %s```
        """
            .formatted(snippet()));
  }

  private static String snippet() throws IOException {
    Path test =
        Path.of(
            System.getProperty("oriel.root"),
            "promql/src/test/java/io/oriel/promql/EmbedTest.java");
    String text = Files.readString(test);
    int from = text.indexOf('\n', text.indexOf("// snippet:")) + 1;
    int to = text.indexOf("      // end of snippet");
    return (text.substring(from, to) + "    }").stripIndent() + "\n";
  }

  private void head(String title, String... columns) {
    page.append("\n## ").append(title).append("\n\n");
    row(columns);
    page.append("|---".repeat(columns.length)).append("|\n");
  }

  private void row(String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** In a table a bar would end the cell. */
  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private void say(String text) {
    page.append(text);
  }
}
