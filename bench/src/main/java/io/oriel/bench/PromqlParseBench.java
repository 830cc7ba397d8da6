package io.oriel.bench;

import io.oriel.promql.Promql;
import io.oriel.promql.explain.Part;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.parse.Features;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the text of a query to its tree, types checked; and on to its words. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PromqlParseBench {
  private static final String ERRORS =
      "sum by (job) (rate(http_requests_total{code=~\"5..\", job!=\"probe\"}[5m]))";

  @Param({"name", "panel", "chain"})
  public String text = "panel";

  private String query = "";

  @Setup
  public void write() {
    query =
        switch (text) {
          case "name" -> "up";
          case "panel" -> ERRORS + " / " + ERRORS.replace("code=~\"5..\", ", "") + " > 0.05";
          default -> "a" + " + b * c".repeat(90);
        };
  }

  @Benchmark
  public Expr parse() {
    return Promql.parse(query, Features.ALL);
  }

  @Benchmark
  public Part explain() {
    return Promql.explain(query);
  }
}
