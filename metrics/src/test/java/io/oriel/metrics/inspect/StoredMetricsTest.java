package io.oriel.metrics.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store's folder is read beside its owner, and no byte of it changes. */
class StoredMetricsTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0);
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void open() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withFreeBytes(0), clock);
    writer = store.sink().writer();
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void append(String name, String job, long timeMs, double value) {
    writer.sample(writer.series(Labels.of(Labels.NAME, name, "job", job)), timeMs, value);
    writer.commit();
  }

  private static Map<Labels, List<String>> all(MetricSource source) {
    var found = new TreeMap<Labels, List<String>>();
    try (var selected =
        source.select(List.of(Matcher.regex(Labels.NAME, ".+")), TimeRange.ALWAYS)) {
      for (int i = 0; i < selected.count(); i++) {
        var columns = new SampleColumns();
        selected.read(i, columns);
        var texts = new ArrayList<String>();
        for (int at = 0; at < columns.size; at++) {
          texts.add(columns.times[at] + " " + columns.values[at]);
        }
        if (!texts.isEmpty()) found.put(selected.labels(i), texts);
      }
    }
    return found;
  }

  private Map<String, Long> files() throws IOException {
    var files = new TreeMap<String, Long>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        files.put(each.toString(), Files.size(each));
      }
    }
    return files;
  }

  @Test
  void a_running_store_is_read_as_it_answers_itself_and_stays_as_it_is() throws IOException {
    append("up", "a", T0 - 2 * HOUR, 1);
    append("up", "a", T0 - HOUR, 2);
    store.cutBlock();
    append("up", "a", T0, 3);
    store.checkpoint();
    append("load", "a", T0 + 1, 4);
    Map<String, Long> before = files();

    try (var stored = StoredMetrics.open(folder, Limits.NORMAL)) {
      assertThat(all(stored.source())).isEqualTo(all(store.source())).hasSize(2);
      assertThat(stored.holder()).hasValue(ProcessHandle.current().pid());
    }

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_stopped_store_is_read_too_and_nobody_holds_it() {
    append("up", "a", T0, 1);
    Map<Labels, List<String>> itself = all(store.source());
    close();

    try (var stored = StoredMetrics.open(folder, Limits.NORMAL)) {
      assertThat(all(stored.source())).isEqualTo(itself);
      assertThat(stored.holder()).isEmpty();
    }
  }

  @Test
  void where_there_is_no_store_none_is_made() {
    Path empty = folder.resolve("empty");

    assertThatThrownBy(() -> StoredMetrics.open(empty, Limits.NORMAL))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("there is no store of metrics in " + empty);
    assertThat(empty).doesNotExist();
  }

  @Test
  void an_analysis_counts_series_once_and_tells_who_came_and_went() throws IOException {
    for (String job : List.of("a", "b", "c")) append("up", job, T0 - 3 * HOUR, 1);
    append("load", "a", T0 - 3 * HOUR, 1);
    store.cutBlock();
    append("up", "a", T0 - HOUR, 1);
    append("up", "d", T0 - HOUR, 1);
    store.cutBlock();
    append("up", "a", T0, 1);

    Analysis analysis;
    try (var stored = StoredMetrics.open(folder, Limits.NORMAL)) {
      analysis = stored.analyze(2);
    }

    assertThat(analysis.series()).isEqualTo(5);
    assertThat(analysis.samples()).isEqualTo(7);
    assertThat(analysis.headSeries()).isEqualTo(1);
    assertThat(analysis.headSamples()).isEqualTo(1);
    assertThat(analysis.metrics())
        .containsExactly(new Analysis.Count("up", 4), new Analysis.Count("load", 1));
    assertThat(analysis.labelNames()).containsExactly(new Analysis.Count("job", 5));
    assertThat(analysis.labelValues()).containsExactly(new Analysis.Count("job", 4));
    assertThat(analysis.labelPairs())
        .containsExactly(new Analysis.Count("job=a", 2), new Analysis.Count("job=b", 1));
    assertThat(analysis.blocks())
        .extracting(Analysis.Block::series, Analysis.Block::came, Analysis.Block::went)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(4L, 0L, 0L),
            org.assertj.core.groups.Tuple.tuple(2L, 1L, 3L));
    assertThat(analysis.blocks())
        .allMatch(block ->
            block.bytes()
                == block.values()
                    + block.times()
                    + block.places()
                    + block.labels()
                    + block.checks());
  }
}
