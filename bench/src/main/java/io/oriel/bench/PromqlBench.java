package io.oriel.bench;

import io.oriel.model.Clock;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Engine;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Range queries of a dashboard over series in memory: 6 h at 15 s, a step of a minute, so what is
 * measured is the engine and not a store. 1000 counters; classic histograms of 100 instances with
 * 12 buckets; native ones of 100 instances with 20 buckets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PromqlBench {
  private static final long STEP_MS = 60_000;

  private static final Map<String, String> QUERIES =
      Map.of(
          "rate", "rate(requests_total[5m])",
          "sum_by", "sum by (job) (rate(requests_total[5m]))",
          "topk", "topk(5, rate(requests_total[5m]))",
          "max_over_time", "max_over_time(requests_total[1h])",
          "quantile_classic",
              "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m])))",
          "quantile_native", "histogram_quantile(0.95, sum(rate(native_seconds[5m])))",
          "join_one_to_one", "requests_total / limits_total",
          "join_group_left", "requests_total * on (job) group_left () weight",
          "set_and", "requests_total and on (instance, job) limits_total > 100",
          "subquery", "max_over_time(sum(rate(requests_total[5m]))[30m:1m])");

  @Param({
    "rate",
    "sum_by",
    "topk",
    "max_over_time",
    "quantile_classic",
    "quantile_native",
    "join_one_to_one",
    "join_group_left",
    "set_and",
    "subquery"
  })
  public String what = "rate";

  @SuppressWarnings("NullAway.Init") // by open()
  private Engine engine;

  private String query = "";

  @Setup(Level.Trial)
  public void open() {
    engine = Promql.engine(BenchSeries.source(), Limits.NORMAL, Clock.system());
    query = Objects.requireNonNull(QUERIES.get(what), what);
  }

  @Benchmark
  public QueryAnswer range() {
    return engine.range(query, 0, BenchSeries.LENGTH_MS, STEP_MS, QueryOptions.DEFAULT);
  }

  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }
}
