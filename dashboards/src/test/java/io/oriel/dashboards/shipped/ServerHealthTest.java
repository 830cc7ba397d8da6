package io.oriel.dashboards.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.NodeCollector;
import io.oriel.dashboards.dsl.Panel;
import io.oriel.dashboards.dsl.Query;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Engine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard beside what the node collector really tells on this machine. */
class ServerHealthTest {
  private static final Pattern METRIC = Pattern.compile("\\b(?:node|oriel)_[A-Za-z0-9_]+");

  /** Panels that a machine may have nothing for: they say why in place of a value. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("Warmest", "Temperatures");

  private final Readings readings = new Readings();

  @Test
  void every_metric_that_is_asked_for_is_one_that_the_collector_tells() {
    var told = new TreeSet<String>();
    try (var collector = new NodeCollector(Clock.system())) {
      collector.metrics().stream().map(Metric::name).forEach(told::add);
      readings.begin();
      collector.collect(readings); // names that the kernel gives: meminfo, netstat, sockstat
      readings.forEach((metric, _, _) -> told.add(metric.name()));
    }

    var asked = new TreeSet<String>();
    for (Panel panel : ServerHealth.dashboard().panels()) {
      for (Query query : panel.queries()) {
        METRIC.matcher(query.expr()).results().forEach(found -> asked.add(found.group()));
      }
    }

    assertThat(asked).hasSizeGreaterThan(30).isSubsetOf(told);
  }

  @Test
  void every_query_has_an_answer_on_this_machine(@TempDir Path folder) {
    long now = System.currentTimeMillis();
    try (var store = MetricStore.open(MetricStoreConfig.in(folder), Clock.system());
        Engine engine = Promql.engine(store.source(), Limits.NORMAL, Clock.system())) {
      watch(store, now);

      var silent = new TreeSet<String>();
      for (Panel panel : ServerHealth.dashboard().panels()) {
        for (Query query : panel.queries()) {
          boolean young = query.expr().contains("offset 1d"); // speaks from the second day on
          if (!young && isEmpty(engine, query, now)) silent.add(panel.title());
        }
      }

      assertThat(silent).isSubsetOf(MAY_BE_EMPTY);
    }
  }

  /** Five rounds, as if 15 s lay between them. */
  private void watch(MetricStore store, long now) {
    try (var collector = new NodeCollector(Clock.system());
        MetricWriter writer = store.sink().writer()) {
      for (long time = now - 60_000; time <= now; time += 15_000) {
        long at = time;
        readings.begin();
        collector.collect(readings);
        readings.forEach(
            (metric, labels, value) -> writer.sample(series(writer, metric, labels), at, value));
        writer.commit();
      }
    }
  }

  private static long series(MetricWriter writer, Metric metric, Labels labels) {
    return writer.series(
        labels.with(Labels.NAME, metric.name()).with("job", "node").with("instance", "here"));
  }

  @Test
  void when_a_disk_is_full_is_told_only_of_one_that_fills_up_and_is_known_for_a_day(
      @TempDir Path folder) {
    long now = System.currentTimeMillis();
    long day = 86_400_000;
    try (var store = MetricStore.open(MetricStoreConfig.in(folder), Clock.system());
        Engine engine = Promql.engine(store.source(), Limits.NORMAL, Clock.system())) {
      try (MetricWriter writer = store.sink().writer()) {
        for (long ago = 2 * day; ago >= 0; ago -= day / 24) {
          available(writer, "/fills", now - ago, 40e9 + 10e9 * ago / day); // 10 GB a day
          available(writer, "/steady", now - ago, 50e9);
          available(writer, "/empties", now - ago, 50e9 - 1e9 * ago / day);
          if (ago < day / 2) available(writer, "/new", now - ago, 1e9 + 1e9 * ago / day);
          writer.commit();
        }
      }
      Panel disks =
          ServerHealth.dashboard().panels().stream()
              .filter(panel -> panel.title().equals("Disks"))
              .findFirst()
              .orElseThrow();

      assertThat(byMount(engine, disks.queries().get(2), now))
          .containsOnlyKeys("/fills")
          .hasEntrySatisfying(
              "/fills", seconds -> assertThat(seconds).isCloseTo(4 * 86_400.0, within(60.0)));
      assertThat(byMount(engine, disks.queries().get(3), now))
          .containsOnlyKeys("/steady", "/empties");
    }
  }

  @Test
  void a_share_is_never_above_the_whole_and_the_file_cache_never_below_nothing(
      @TempDir Path folder) {
    long now = System.currentTimeMillis();
    try (var store = MetricStore.open(MetricStoreConfig.in(folder), Clock.system());
        Engine engine = Promql.engine(store.source(), Limits.NORMAL, Clock.system())) {
      try (MetricWriter writer = store.sink().writer()) {
        for (int i = 0; i <= 4; i++) { // waited for all of the time and a little more
          long at = now - 60_000 + 15_000L * i;
          for (String what : new String[] {"cpu", "io", "memory"}) {
            sample(writer, "node_pressure_" + what + "_waiting_seconds_total", at, 15.2 * i);
          }
          sample(writer, "node_memory_MemAvailable_bytes", at, 100e6);
          sample(writer, "node_memory_MemFree_bytes", at, 220e6);
          writer.commit();
        }
      }

      assertThat(value(engine, "Waiting", 0, now)).isEqualTo(1);
      for (int i = 0; i < 3; i++) assertThat(value(engine, "Waiting for", i, now)).isEqualTo(1);
      assertThat(value(engine, "Memory", 1, now)).isZero();
    }
  }

  /** What the last panel of a title answers to one of its queries. */
  private static double value(Engine engine, String title, int query, long now) {
    Panel panel =
        ServerHealth.dashboard().panels().stream()
            .filter(each -> each.title().equals(title))
            .reduce((_, last) -> last)
            .orElseThrow();
    var answer = (QueryAnswer.Result.Vector) ask(engine, panel.queries().get(query), now).result();
    return answer.points().getFirst().value();
  }

  private static void sample(MetricWriter writer, String metric, long timeMs, double value) {
    Labels labels = Labels.of("job", "node").with("instance", "here").with(Labels.NAME, metric);
    writer.sample(writer.series(labels), timeMs, value);
  }

  private static void available(MetricWriter writer, String mount, long timeMs, double bytes) {
    Labels labels =
        Labels.of("device", "sda", "fstype", "ext4", "mountpoint", mount)
            .with(Labels.NAME, "node_filesystem_avail_bytes")
            .with("job", "node")
            .with("instance", "here");
    writer.sample(writer.series(labels), timeMs, bytes);
  }

  private static Map<String, Double> byMount(Engine engine, Query query, long now) {
    var found = new TreeMap<String, Double>();
    if (ask(engine, query, now).result() instanceof QueryAnswer.Result.Vector vector) {
      vector.points().forEach(p -> found.put(p.labels().valueOf("mountpoint"), p.value()));
    }
    return found;
  }

  private static boolean isEmpty(Engine engine, Query query, long now) {
    QueryAnswer answer = ask(engine, query, now);
    return answer.result() instanceof QueryAnswer.Result.Vector vector && vector.points().isEmpty();
  }

  private static QueryAnswer ask(Engine engine, Query query, long now) {
    String expr =
        query
            .expr()
            .replace("$job", "node")
            .replace("$instance", "here")
            .replace("$__rate_interval", "1m");
    return engine.instant(expr, now, QueryOptions.DEFAULT);
  }
}
