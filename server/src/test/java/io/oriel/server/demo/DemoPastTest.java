package io.oriel.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.testing.ManualClock;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoPastTest {
  private static final long START = Instant.parse("2026-03-04T11:00:10Z").toEpochMilli();
  private static final int MINUTES = 20;
  private static final int ROUNDS =
      73; // from 10:42:00 on, the first even minute that it knows whole
  private static final int MOST_SERIES = 10_000;

  private final ManualClock clock = new ManualClock(START);
  @TempDir Path folder;
  private MetricStore store;

  @BeforeEach
  void open() {
    store = MetricStore.open(MetricStoreConfig.in(folder.resolve("data")).withFreeBytes(0), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Simulation fleet() throws Exception {
    var settings =
        SimulationSettings.normal(folder.resolve("s")).withPast(Duration.ofMinutes(MINUTES));
    return Simulation.start(settings.goingOn(), clock);
  }

  private DemoPast.Setup setup() {
    return new DemoPast.Setup(
        folder.resolve("s"),
        "gpu1",
        Labels.of("instance", "gpu1"),
        Duration.ofSeconds(15),
        Duration.ofDays(31));
  }

  private void write(Simulation fleet) throws Exception {
    try (var past = DemoPast.start(fleet, store, setup(), clock)) {
      past.await();
      assertThat(past.share()).isEqualTo(1);
    }
  }

  /** How many samples each series of a metric has. */
  private Map<Labels, Integer> samples(String metric) {
    var found = new TreeMap<Labels, Integer>();
    var columns = new SampleColumns();
    try (var selected =
        store.source().select(List.of(Matcher.equal(Labels.NAME, metric)), TimeRange.ALWAYS)) {
      for (int i = 0; i < selected.count(); i++) {
        columns.clear();
        selected.read(i, columns);
        found.put(selected.labels(i), columns.size);
      }
    }
    return found;
  }

  @Test
  void every_collector_has_told_every_round_of_the_past() throws Exception {
    try (Simulation fleet = fleet()) {
      write(fleet);
    }

    var jobs = new TreeSet<String>();
    samples("up")
        .forEach((labels, count) -> {
          jobs.add(labels.valueOf("job"));
          assertThat(count).as("%s", labels).isEqualTo(ROUNDS);
        });
    assertThat(jobs).contains("container", "gpu", "llama.cpp", "ollama", "vllm");
    assertThat(samples("DCGM_FI_DEV_POWER_USAGE")).hasSize(8);
    assertThat(samples("oriel_gpu_process_memory_bytes").keySet())
        .anyMatch(labels -> labels.valueOf("container").equals("vllm-llama-70b"))
        .allMatch(labels -> labels.valueOf("instance").equals("gpu1"));
    assertThat(samples("vllm:num_requests_running").keySet())
        .anyMatch(labels -> labels.valueOf("instance").equals("vllm-qwen3-32b"));
    assertThat(samples("oriel_collector_duration_seconds")).isEmpty(); // nobody waited
    var all = List.of(List.<Matcher>of());
    assertThat(store.source().series(all, TimeRange.ALWAYS, 0)).hasSizeBetween(5_000, MOST_SERIES);
  }

  @Test
  void another_start_writes_nothing_twice_and_the_fleet_goes_on() throws Exception {
    double before;
    try (Simulation fleet = fleet()) {
      write(fleet);
      before = promptTokens(fleet);
    }
    var blocks = store.stats().blocks();
    clock.advance(3_600_000);

    try (Simulation fleet = fleet()) {
      write(fleet);

      assertThat(store.stats().blocks()).isEqualTo(blocks);
      assertThat(fleet.bornMs()).isEqualTo(START);
      assertThat(promptTokens(fleet)).isGreaterThan(before);
    }
  }

  @Test
  void what_was_written_and_not_noted_is_written_again_with_the_same_samples() throws Exception {
    try (Simulation fleet = fleet()) {
      write(fleet);
      var once = samples("up");
      Path ledger = folder.resolve("s").resolve("past");
      List<String> lines = Files.readAllLines(ledger);
      assertThat(lines).hasSizeGreaterThan(1);
      Files.writeString(ledger, lines.getFirst() + "\n" + lines.get(1).substring(0, 5));

      write(fleet);

      assertThat(samples("up")).isEqualTo(once);
    }
  }

  @Test
  void one_that_is_ended_in_the_middle_leaves_whole_pieces_and_the_next_start_goes_on()
      throws Exception {
    try (Simulation fleet = fleet()) {
      DemoPast.start(fleet, store, setup(), clock).close();

      samples("up").forEach((labels, count) -> assertThat(count).isEqualTo(ROUNDS));
      write(fleet);
      assertThat(samples("up"))
          .isNotEmpty()
          .allSatisfy((_, count) -> assertThat(count).isEqualTo(ROUNDS));
    }
  }

  @Test
  void the_past_of_another_fleet_is_not_mixed_with_this_one() throws Exception {
    Files.createDirectories(folder.resolve("s"));
    Files.writeString(folder.resolve("s").resolve("past"), "fleet born 1700000000000\n");

    try (Simulation fleet = fleet()) {
      write(fleet);
    }

    assertThat(store.stats().blocks()).isEmpty();
  }

  private static double promptTokens(Simulation fleet) throws Exception {
    var page = new io.oriel.wire.fetch.PageBuffer();
    fleet.transport("vllm-llama-70b").fetch(io.oriel.wire.fetch.Ask.get("/metrics"), page);
    String text =
        new String(page.bytes(), 0, page.length(), java.nio.charset.StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith("vllm:prompt_tokens_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
