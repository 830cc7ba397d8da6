package io.oriel.server.self;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.model.testing.ManualClock;
import io.oriel.server.http.TestServer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SelfMetricsTest {
  /** What a Prometheus of version 3 says it can read. */
  private static final String PROMETHEUS_ACCEPT =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
          + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
          + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3,"
          + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

  private final SelfMetrics self = new SelfMetrics("0.1.0");

  @Test
  void metrics_are_told_in_the_format_that_the_asker_reads() throws Exception {
    try (var server = TestServer.of(self.route())) {
      var text = server.get("/metrics", "Accept", "text/plain;version=0.0.4");
      var open = server.get("/metrics", "Accept", PROMETHEUS_ACCEPT);

      assertThat(text.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      assertThat(text.body())
          .contains(
              "# TYPE oriel_build_info gauge", "version=\"0.1.0\"", "process_cpu_seconds_total");
      assertThat(open.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/openmetrics-text");
      assertThat(open.body()).endsWith("# EOF\n");
    }
  }

  @Test
  void the_own_store_gets_what_a_scrape_would_get() throws Exception {
    Counter.builder()
        .name("oriel_test_total")
        .help("A test.")
        .labelNames("kind")
        .register(self.registry())
        .labelValues("good")
        .inc(3);
    Histogram seconds =
        Histogram.builder()
            .name("oriel_test_seconds")
            .help("A test.")
            .classicOnly()
            .classicUpperBounds(0.1, 1)
            .register(self.registry());
    seconds.observe(0.05);
    seconds.observe(5);
    var out = new Readings();

    try (var collector = self.collector()) {
      out.begin();
      collector.collect(out);
    }

    assertThat(told(out))
        .containsEntry("oriel_test_total{kind=\"good\"}", 3.0)
        .containsEntry("oriel_test_seconds_bucket{le=\"0.1\"}", 1.0)
        .containsEntry("oriel_test_seconds_bucket{le=\"1.0\"}", 1.0)
        .containsEntry("oriel_test_seconds_bucket{le=\"+Inf\"}", 2.0)
        .containsEntry("oriel_test_seconds_count{}", 2.0)
        .containsEntry("oriel_test_seconds_sum{}", 5.05)
        .containsKey("process_resident_memory_bytes{}")
        .containsKey("jvm_memory_used_bytes{area=\"heap\"}");
  }

  @Test
  void a_steady_round_tells_the_same_series() throws Exception {
    var out = new Readings();

    try (var collector = self.collector()) {
      collector.collect(out);
      out.begin();
      collector.collect(out);
      int first = out.size();
      out.begin();
      collector.collect(out);

      assertThat(out.size()).isEqualTo(first);
    }
  }

  @Test
  void samples_a_second_are_counted_over_the_last_minutes() {
    var clock = new ManualClock(1_000_000);
    var samples = new AtomicLong();
    var footprint = new Footprint(clock, samples::get);

    clock.advance(60_000);
    samples.set(600);

    assertThat(footprint.rates().samplesPerSecond()).isEqualTo(10);
    assertThat(footprint.residentBytes()).isGreaterThan(1 << 20);
  }

  private static Map<String, Double> told(Readings out) {
    var told = new TreeMap<String, Double>();
    out.forEach((metric, labels, value) -> told.put(metric.name() + labels, value));
    return told;
  }
}
