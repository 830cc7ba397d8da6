package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limits;
import io.oriel.promql.memory.MemorySource;
import io.oriel.server.http.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetMetadataApiTest {
  private static final String COUNTER =
      """
      {"target":{"instance":"gpu1:9100","job":"node"},"metric":"requests","type":"counter",\
      "help":"How many.","unit":""}\
      """;

  @Test
  void a_target_says_what_is_known_of_the_metrics_that_it_has() throws Exception {
    var store = new Store();
    store.series.add(
        Labels.of("__name__", "requests_total", "job", "node", "instance", "gpu1:9100"),
        System.currentTimeMillis(),
        1);
    var around = new FakeServer();
    var metrics = new FakeMetrics();
    var parts =
        new PrometheusApi.Parts(
            metrics, store, ExemplarSource.NONE, metrics, around, around, around);
    var routes = new TargetMetadataApi(parts, Clock.system()).routes();

    try (var server = TestServer.below("", Limits.NORMAL, routes)) {
      assertThat(server.get("/api/v1/targets/metadata").body()).contains("[" + COUNTER + "]");
      assertThat(server.get("/api/v1/targets/metadata?metric=requests").body())
          .contains("[" + COUNTER.replace("\"metric\":\"requests\",", "") + "]");
      assertThat(server.get("/api/v1/targets/metadata?limit=0").body()).contains("[]");
      assertThat(server.get("/api/v1/targets/metadata?match_target=other").body()).contains("[]");
    }
  }

  /** Series in memory, and two metrics of which something was said. */
  private static final class Store implements MetricSource {
    final MemorySource series = new MemorySource();

    @Override
    public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
      var counter = new MetricMetadata(MetricMetadata.Type.COUNTER, "How many.", "");
      var other = new MetricMetadata(MetricMetadata.Type.GAUGE, "Of another target.", "");
      var all = Map.of("requests", List.of(counter), "elsewhere", List.of(other));
      return metric.isEmpty() ? all : Map.of(metric, all.getOrDefault(metric, List.of()));
    }

    @Override
    public List<String> labelValues(
        String name, List<List<Matcher>> selections, TimeRange range, int limit) {
      return series.labelValues(name, selections, range, limit);
    }

    @Override
    public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
      return series.select(matchers, range);
    }

    @Override
    public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
      return series.series(selections, range, limit);
    }

    @Override
    public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
      return series.labelNames(selections, range, limit);
    }
  }
}
