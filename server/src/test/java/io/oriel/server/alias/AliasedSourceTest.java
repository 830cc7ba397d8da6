package io.oriel.server.alias;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names that changed answer for each other, and never together. */
class AliasedSourceTest {
  private static final long MINUTE = 60_000;
  private static final String OLD = "vllm:gpu_cache_usage_perc";
  private static final String NEW = "vllm:kv_cache_usage_perc";

  private final MemorySource stored = new MemorySource();
  private final MetricSource source = new AliasedSource(stored, AliasTable.shipped());

  private static Labels of(String name, String target, String... more) {
    Labels.Builder labels = Labels.of(more).toBuilder();
    return labels.set(Labels.NAME, name).set("job", "vllm").set("instance", target).build();
  }

  /** A sample a minute from one to another, both included. */
  private void fill(Labels labels, int fromMinute, int toMinute, double value) {
    for (int i = fromMinute; i <= toMinute; i++) stored.add(labels, i * MINUTE, value);
  }

  /** A sample every 15 s, so many milliseconds after the quarter. */
  private void fillQuarters(Labels labels, int fromMinute, int toMinute, long after, double value) {
    for (long at = fromMinute * MINUTE; at <= toMinute * MINUTE; at += 15_000) {
      stored.add(labels, at + after, value);
    }
  }

  private String valuesAt(String query, long timeMs) {
    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system())) {
      var answer = engine.instant(query, timeMs, QueryOptions.DEFAULT);
      var vector = (QueryAnswer.Result.Vector) answer.result();
      return vector.points().stream()
          .map(point -> point.labels().withoutName() + " " + point.value())
          .sorted()
          .collect(Collectors.joining("; "));
    }
  }

  private QueryAnswer ask(String query, int minute) {
    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system())) {
      return engine.instant(query, minute * MINUTE, QueryOptions.DEFAULT);
    }
  }

  private String values(String query, int minute) {
    var vector = (QueryAnswer.Result.Vector) ask(query, minute).result();
    return vector.points().stream()
        .map(point -> point.labels().withoutName() + " " + point.value())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  @Test
  void the_new_name_finds_what_stands_under_the_old_one_and_the_answer_says_so() {
    fill(of(OLD, "a:8000"), 0, 10, 0.5);

    assertThat(values(NEW, 10)).isEqualTo("{engine=\"0\", instance=\"a:8000\", job=\"vllm\"} 0.5");
    assertThat(ask(NEW, 10).infos())
        .containsExactly(
            "Oriel info: \"vllm:kv_cache_usage_perc\" has no samples for some or all of that time;"
                + " \"vllm:gpu_cache_usage_perc\" was read in its place");
  }

  @Test
  void the_old_name_finds_what_stands_under_the_new_one_with_all_its_engines() {
    fill(of(NEW, "a:8000", "engine", "0"), 0, 10, 0.5);
    fill(of(NEW, "a:8000", "engine", "1"), 0, 10, 0.25);

    assertThat(values("sum(" + OLD + ")", 10)).isEqualTo("{} 0.75");
  }

  @Test
  void of_twins_on_one_target_the_asked_name_alone_is_read_and_nothing_is_said() {
    fill(of(OLD, "a:8000"), 0, 10, 0.5);
    fill(of(NEW, "a:8000", "engine", "0"), 0, 10, 0.6);

    assertThat(values("sum(" + NEW + ")", 10)).isEqualTo("{} 0.6");
    assertThat(values("sum(" + OLD + ")", 10)).isEqualTo("{} 0.5");
    assertThat(ask(OLD, 10).infos()).isEmpty();
  }

  @Test
  void targets_with_old_and_with_new_names_are_seen_side_by_side() {
    fill(of(OLD, "a:8000"), 0, 10, 0.5);
    fill(of(NEW, "b:8000", "engine", "0"), 0, 10, 0.25);

    assertThat(values("sum(" + NEW + ")", 10)).isEqualTo("{} 0.75");
    assertThat(values("count(" + OLD + ")", 10)).isEqualTo("{} 2.0");
  }

  @Test
  void an_upgrade_within_the_range_leaves_one_series_without_a_hole() {
    Labels before = of(OLD, "a:8000");
    fill(before, 0, 10, 0.5);
    stored.add(before, 11 * MINUTE, Stale.MARKER);
    fill(of(NEW, "a:8000", "engine", "0"), 11, 20, 0.25);

    assertThat(values("count_over_time(" + NEW + "[30m])", 20)).endsWith(" 21.0");
    assertThat(values("sum(" + NEW + ")", 12)).isEqualTo("{} 0.25");
    assertThat(values("sum(" + NEW + ")", 9)).isEqualTo("{} 0.5");
  }

  @Test
  void after_the_upgrade_the_series_with_other_labels_has_ended() {
    Labels before = of(OLD, "a:8000", "model_name", "m");
    fill(before, 0, 12, 0.5); // both for two minutes, and no marker
    fill(of(NEW, "a:8000", "engine", "3"), 11, 20, 0.25);

    assertThat(values("count(" + NEW + ")", 10)).isEqualTo("{} 1.0");
    assertThat(values("sum(" + NEW + ")", 13)).isEqualTo("{} 0.25");
  }

  @Test
  void other_units_are_converted_and_the_answer_says_by_how_much() {
    Labels dcgm = of("DCGM_FI_DEV_FB_USED", "gpu:9400", "UUID", "GPU-5a1c", "gpu", "0");
    fill(dcgm, 0, 10, 2048);
    stored.add(dcgm, 11 * MINUTE, Stale.MARKER);

    assertThat(values("nvidia_smi_memory_used_bytes{uuid=\"5a1c\"}", 10))
        .endsWith(" 2.147483648E9");
    assertThat(ask("nvidia_smi_memory_used_bytes", 10).infos().getFirst())
        .endsWith("\"DCGM_FI_DEV_FB_USED\" was read in its place times 1048576");
    assertThat(values("nvidia_smi_memory_used_bytes", 11)).isEmpty();
    assertThat(values("DCGM_FI_DEV_BOARD_POWER_WATTS", 10)).isEmpty();
  }

  @Test
  void a_second_exporter_of_the_same_thing_elsewhere_is_not_added() {
    fill(of("DCGM_FI_DEV_GPU_UTIL", "gpu:9400", "UUID", "GPU-5a1c"), 0, 10, 50);
    fill(of("nvidia_smi_utilization_gpu_ratio", "gpu:9835", "uuid", "5a1c"), 0, 10, 0.5);

    assertThat(values("sum(DCGM_FI_DEV_GPU_UTIL)", 10)).isEqualTo("{} 50.0");
    assertThat(values("sum(nvidia_smi_utilization_gpu_ratio)", 10)).isEqualTo("{} 0.5");
    assertThat(values("max(DCGM_FI_DEV_GPU_UTIL_RATIO)", 10)).isEqualTo("{} 50.0");
  }

  @Test
  void a_part_of_an_old_name_is_a_label_of_the_new_one() {
    fill(of("kube_node_status_capacity_cpu_cores", "k", "node", "n"), 0, 10, 64);
    fill(of("kube_node_status_capacity_memory_bytes", "k", "node", "n"), 0, 10, 1e12);

    assertThat(values("sum(kube_node_status_capacity{resource=\"cpu\"})", 10)).isEqualTo("{} 64.0");
  }

  @Test
  void the_bounds_of_a_histogram_are_scaled_and_its_counts_are_not() {
    var table = AliasTable.of(List.of("family x_ms x_seconds 0.001 target"));
    var scaled = new AliasedSource(stored, table);
    fill(of("x_ms_bucket", "a", "le", "5"), 0, 1, 7);
    fill(of("x_ms_bucket", "a", "le", "+Inf"), 0, 1, 9);
    fill(of("x_ms_sum", "a"), 0, 1, 500);

    try (var engine = Promql.engine(scaled, Limits.NORMAL, Clock.system())) {
      var answer = engine.instant("sum by (le) (x_seconds_bucket)", MINUTE, QueryOptions.DEFAULT);
      assertThat(answer.result().toString()).contains("0.005", "7.0", "+Inf", "9.0");
      var sum = engine.instant("x_seconds_sum", MINUTE, QueryOptions.DEFAULT);
      assertThat(sum.result().toString()).contains("0.5");
    }
  }

  @Test
  void label_calls_and_series_know_the_other_names() {
    fill(of(OLD, "a:8000"), 0, 10, 0.5);
    var selection = List.of(List.of(Matcher.equal(Labels.NAME, NEW)));
    var range = new TimeRange(0, 20 * MINUTE);

    assertThat(source.labelValues("instance", selection, range, 0)).containsExactly("a:8000");
    assertThat(source.labelNames(selection, range, 0))
        .containsExactly("__name__", "engine", "instance", "job");
    assertThat(source.series(selection, range, 0))
        .containsExactly(of(NEW, "a:8000", "engine", "0"));
    assertThat(source.labelValues("__name__", List.of(), range, 0)).containsExactly(OLD);
  }

  @Test
  void names_that_are_not_in_the_table_go_straight_through() {
    fill(of("up", "a:8000"), 0, 10, 1);

    assertThat(values("up", 10)).endsWith(" 1.0");
    assertThat(AliasTable.shipped().partnersOf("up")).isEmpty();
  }

  @Test
  void no_row_leads_a_name_to_itself_and_every_way_leads_back() {
    var table = AliasTable.shipped();
    for (String name : List.of(OLD, NEW, "DCGM_FI_DEV_GPU_UTIL", "sglang_gen_throughput")) {
      assertThat(table.partnersOf(name))
          .extracting(Partner::name)
          .doesNotContain(name)
          .isNotEmpty();
      for (Partner partner : table.partnersOf(name)) {
        assertThat(table.partnersOf(partner.name())).extracting(Partner::name).contains(name);
      }
    }
  }

  @Test
  void what_makes_the_stored_answers_doubtful_is_passed_on() {
    var doubtful = new AliasedSource(new DamagedSource(), AliasTable.shipped());

    assertThat(doubtful.warnings(new TimeRange(1, 2))).containsExactly("damaged from 1 to 2");
  }

  /** A source without series, one of whose blocks is damaged. */
  private static final class DamagedSource implements MetricSource {
    private final MetricSource empty = new MemorySource();

    @Override
    public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
      return empty.select(matchers, range);
    }

    @Override
    public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public List<String> labelValues(
        String name, List<List<Matcher>> selections, TimeRange range, int limit) {
      return List.of();
    }

    @Override
    public List<String> warnings(TimeRange range) {
      return List.of("damaged from %d to %d".formatted(range.startMs(), range.endMs()));
    }

    @Override
    public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
      return Map.of();
    }
  }

  @Test
  void a_second_exporter_that_is_asked_a_moment_later_is_added_at_no_time() {
    fillQuarters(of("DCGM_FI_DEV_POWER_USAGE", "gpu:9400", "UUID", "GPU-5a1c"), 0, 30, 0, 100);
    fillQuarters(of("nvidia_smi_power_draw_watts", "gpu:9835", "uuid", "5a1c"), 0, 30, 5000, 100);

    for (long after : new long[] {0, 3000, 6000, 9000, 14_000}) {
      long now = 30 * MINUTE + after;
      assertThat(valuesAt("sum(DCGM_FI_DEV_POWER_USAGE)", now)).isEqualTo("{} 100.0");
      assertThat(valuesAt("sum(nvidia_smi_power_draw_watts)", now)).isEqualTo("{} 100.0");
      assertThat(valuesAt("sum(DCGM_FI_DEV_POWER_USAGE)", now - 10 * MINUTE)).isEqualTo("{} 100.0");
      assertThat(valuesAt("sum(avg_over_time(DCGM_FI_DEV_POWER_USAGE[5m]))", now))
          .isEqualTo("{} 100.0");
      assertThat(valuesAt("max_over_time(count(DCGM_FI_DEV_POWER_USAGE)[10m:7s])", now))
          .isEqualTo("{} 1.0");
    }
  }

  @Test
  void of_a_mixed_fleet_every_gpu_is_seen_once_under_either_name() {
    fillQuarters(of("DCGM_FI_DEV_FB_USED", "a:9400", "UUID", "GPU-1"), 0, 10, 0, 1);
    fillQuarters(of("nvidia_smi_memory_used_bytes", "b:9835", "uuid", "2"), 0, 10, 0, 1048576);
    fillQuarters(of("nvidia_smi_memory_used_bytes", "a:9835", "uuid", "1"), 0, 10, 0, 1048576);

    assertThat(values("count by (UUID) (DCGM_FI_DEV_FB_USED)", 10))
        .isEqualTo("{UUID=\"GPU-1\"} 1.0; {UUID=\"GPU-2\"} 1.0");
    assertThat(values("sum(DCGM_FI_DEV_FB_USED)", 10)).isEqualTo("{} 2.0");
    assertThat(values("sum(nvidia_smi_memory_used_bytes)", 10)).isEqualTo("{} 2097152.0");
  }

  @Test
  void what_is_silent_does_not_depend_on_how_narrowly_is_asked() {
    fill(of(OLD, "a:8000"), 0, 10, 0.5);
    fill(of(NEW, "a:8000", "engine", "1"), 0, 10, 0.6);
    var selection = List.of(List.of(Matcher.equal(Labels.NAME, NEW), Matcher.equal("engine", "0")));

    assertThat(values(NEW + "{engine=\"0\"}", 10)).isEmpty();
    assertThat(source.series(selection, new TimeRange(0, 10 * MINUTE), 0)).isEmpty();
  }

  @Test
  void a_series_that_only_changed_its_name_goes_on_at_once_when_no_marker_was_written() {
    fillQuarters(of("sglang_x", "a:1"), 0, 10, 0, 1);
    fillQuarters(of("sglang:x", "a:1"), 11, 20, 0, 2);

    assertThat(valuesAt("sglang_x", 11 * MINUTE + 1000)).endsWith(" 2.0");
    assertThat(valuesAt("sglang:x", 11 * MINUTE - 1000)).endsWith(" 1.0");
  }
}
