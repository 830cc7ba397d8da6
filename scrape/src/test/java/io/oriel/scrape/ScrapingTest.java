package io.oriel.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.backend.TargetStatus;
import io.oriel.model.backend.TargetStatus.Health;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.scrape.config.PrometheusFile;
import io.oriel.scrape.config.ScrapeSetup;
import io.oriel.wire.testing.RawTarget;
import io.oriel.wire.testing.TestTarget;
import io.oriel.wire.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole of scraping, against targets in this process, with time that moves when told. */
@Timeout(30)
class ScrapingTest {
  private static final long INTERVAL = 10_000;
  private static final long NOON = 1_700_000_000_000L;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(NOON);
  private final RecordedSink sink = new RecordedSink();
  private TestTarget target;
  private Scraping scraping;

  @BeforeEach
  void start() throws Exception {
    target = new TestTarget();
    scraping = Scraping.start(ScrapeSetup.EMPTY, sink, clock, Limits.NORMAL);
  }

  @AfterEach
  void stop() {
    scraping.close();
    target.close();
  }

  private ScrapeSetup setup(String jobs) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "global: {scrape_interval: 10s}\nscrape_configs:\n"
                + jobs.replace("TARGET", target.address()));
    var problems = new Problems();
    ScrapeSetup setup = PrometheusFile.read(file, Limits.NORMAL, problems, new Problems());
    assertThat(problems.toString()).isEmpty();
    return setup;
  }

  /** One job with more keys, asking the target once and again when time moves on. */
  private void scrape(String keys) throws Exception {
    scraping.apply(
        setup("- {job_name: node, static_configs: [{targets: [TARGET]}]" + keys + "}\n"));
    clock.awaitSleepers(2); // the loop and the watcher of files
    clock.advance(INTERVAL);
  }

  private RecordedSink.Batch next() throws InterruptedException {
    clock.awaitSleepers(2);
    clock.advance(INTERVAL);
    return sink.take();
  }

  private TargetStatus status() throws InterruptedException {
    clock.awaitSleepers(2);
    return scraping.targets().getFirst();
  }

  /** A series of the target, with its labels. */
  private String of(String name, String... labels) {
    var all = new ArrayList<String>(List.of(labels));
    all.add("instance=\"%s\"".formatted(target.address()));
    all.add("job=\"node\"");
    all.sort(null);
    return name + "{" + String.join(", ", all) + "}";
  }

  private static String value(String valueAtTime) {
    return valueAtTime.replaceAll("@.*", "");
  }

  @Test
  void a_scrape_hands_on_the_page_and_what_is_to_be_known_of_it() throws Exception {
    target.page = "a{x=\"1\"} 1\nb 2\n";

    scrape("");
    var batch = sink.take();

    assertThat(value(batch.of(of("a", "x=\"1\"")))).isEqualTo("1");
    assertThat(value(batch.of(of("b")))).isEqualTo("2");
    assertThat(value(batch.of(of("up")))).isEqualTo("1");
    assertThat(value(batch.of(of("scrape_duration_seconds")))).isEqualTo("0");
    assertThat(value(batch.of(of("scrape_samples_scraped")))).isEqualTo("2");
    assertThat(value(batch.of(of("scrape_samples_post_metric_relabeling")))).isEqualTo("2");
    assertThat(value(batch.of(of("scrape_series_added")))).isEqualTo("2");
    assertThat(value(next().of(of("scrape_series_added")))).isEqualTo("0");
    assertThat(status().health()).isEqualTo(Health.UP);
    assertThat(status().samples()).isEqualTo(2);
  }

  @Test
  void samples_lie_exactly_an_interval_apart() throws Exception {
    target.page = "a 1\n";

    scrape("");
    long first = Long.parseLong(sink.take().of(of("a")).substring(2));
    long second = Long.parseLong(next().of(of("a")).substring(2));

    assertThat(second - first).isEqualTo(INTERVAL);
  }

  @Test
  void a_series_that_is_not_on_the_page_any_more_is_marked_as_ended() throws Exception {
    target.page = "a 1\nb 2\n";
    scrape("");
    sink.take();

    target.page = "a 1\n";
    var without = next();
    var later = next();

    assertThat(value(without.of(of("b")))).isEqualTo("stale");
    assertThat(later.of(of("b"))).isEqualTo("nothing");
  }

  @Test
  void a_scrape_that_fails_ends_all_series_and_is_up_0() throws Exception {
    target.page = "a 1\n";
    scrape("");
    sink.take();

    target.status = 503;
    var failed = next();

    assertThat(value(failed.of(of("a")))).isEqualTo("stale");
    assertThat(value(failed.of(of("up")))).isEqualTo("0");
    assertThat(value(failed.of(of("scrape_samples_scraped")))).isEqualTo("0");
    assertThat(status().health()).isEqualTo(Health.DOWN);
    assertThat(status().error()).isEqualTo(target.address() + " answered 503 Service Unavailable");
    assertThat(status().remedy()).isEqualTo("look at the exporter's log");
    assertThat(status().lastGoodMs()).isLessThan(status().lastMs());

    target.status = 200;
    assertThat(value(next().of(of("a")))).isEqualTo("1");
    assertThat(status().failuresInARow()).isZero();
  }

  @Test
  void a_syntax_error_fails_the_scrape_whole() throws Exception {
    target.page = "a 1\nb 2\nc x\n";

    scrape("");
    var batch = sink.take();

    assertThat(batch.page()).isEmpty();
    assertThat(value(batch.of(of("up")))).isEqualTo("0");
    assertThat(status().error())
        .isEqualTo("the page can't be read: line 3: 'x' is not a number, in: c x");
  }

  @Test
  void a_page_of_another_kind_is_refused_unless_the_job_says_how_to_read_it() throws Exception {
    target.page = "a 1\n";
    target.contentType = "application/json";

    scrape("");
    assertThat(value(sink.take().of(of("up")))).isEqualTo("0");
    assertThat(status().error())
        .isEqualTo("the Content-Type 'application/json' is no format of metrics");

    scrape(", fallback_scrape_protocol: PrometheusText0.0.4");
    assertThat(value(sink.take().of(of("a")))).isEqualTo("1");
  }

  @Test
  void open_metrics_is_read_by_its_content_type() throws Exception {
    target.contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    target.page = "# TYPE a counter\na_total 1 # {trace_id=\"x\"} 1\n# EOF\n";

    scrape("");

    assertThat(value(sink.take().of(of("a_total")))).isEqualTo("1");
  }

  @Test
  void labels_of_the_target_win_and_those_of_the_page_are_kept_as_exported() throws Exception {
    target.page = "a{job=\"theirs\"} 1\nb{job=\"x\",exported_job=\"y\"} 1\n";

    scrape("");

    assertThat(sink.take().page())
        .containsOnlyKeys(
            of("a", "exported_job=\"theirs\""),
            of("b", "exported_exported_job=\"x\"", "exported_job=\"y\""));
  }

  @Test
  void labels_of_the_page_win_where_they_are_honoured() throws Exception {
    target.page = "a{job=\"theirs\"} 1\n";

    scrape(", honor_labels: true");

    assertThat(sink.take().page())
        .containsOnlyKeys("a{instance=\"%s\", job=\"theirs\"}".formatted(target.address()));
  }

  @Test
  void times_of_the_page_count_unless_they_are_not_honoured() throws Exception {
    target.page = "a 1 1234\n";
    scrape("");
    assertThat(sink.take().of(of("a"))).isEqualTo("1@1234");
    target.page = "b 1\n";
    assertThat(next().of(of("a"))).as("its end is not ours to tell").isEqualTo("nothing");

    target.page = "a 1 1234\n";
    scrape(", honor_timestamps: false");
    assertThat(sink.take().of(of("a"))).startsWith("1@17");

    scrape(", track_timestamps_staleness: true");
    assertThat(sink.take().of(of("a"))).isEqualTo("1@1234");
    target.page = "";
    assertThat(next().of(of("a"))).startsWith("stale@17");
  }

  @Test
  void metrics_are_relabelled_and_dropped() throws Exception {
    target.page = "a{x=\"1\"} 1\nsecret 2\n";

    scrape(
        ", metric_relabel_configs: [{action: drop, source_labels: [__name__], regex: secret},"
            + " {action: labeldrop, regex: x}]");
    var batch = sink.take();

    assertThat(batch.page()).containsOnlyKeys(of("a"));
    assertThat(value(batch.of(of("scrape_samples_scraped")))).isEqualTo("2");
    assertThat(value(batch.of(of("scrape_samples_post_metric_relabeling")))).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample_limit: 2 | the page has more samples than sample_limit (2)",
        "label_limit: 1 | a has 2 labels, over label_limit of 1",
        "label_name_length_limit: 7 | a has a label name of 8 characters, over"
            + " label_name_length_limit of 7",
        "label_value_length_limit: 2 | a has a label value of 3 characters, over"
            + " label_value_length_limit of 2",
        "body_size_limit: 10B | the page is larger than 10 bytes, unpacked"
      })
  void over_a_limit_the_scrape_fails_and_says_which(String key, String error) throws Exception {
    target.page = "a{x=\"123\"} 1\nb 2\nc 3\n";

    scrape(", " + key);
    var batch = sink.take();

    assertThat(batch.page()).isEmpty();
    assertThat(value(batch.of(of("up")))).isEqualTo("0");
    assertThat(status().error()).isEqualTo(error);
    assertThat(status().remedy()).startsWith("raise ");
  }

  @Test
  void one_series_that_the_store_refuses_does_not_cost_the_others() throws Exception {
    sink.refuse("bad", "no room");
    target.page = "a 1\nbad 2\nb 3\n";

    scrape("");

    assertThat(sink.take().page()).containsOnlyKeys(of("a"), of("b"));
    assertThat(status().health()).isEqualTo(Health.UP);
  }

  @Test
  void what_the_store_refuses_is_said_on_the_target_as_long_as_it_is_refused() throws Exception {
    sink.refuse("bad", "no room");
    target.page = "a 1\nbad 2\nb 3\n";
    scrape("");
    sink.take();
    String first = status().error();
    next();
    String second = status().error();

    target.page = "a 1\nb 3\n";
    next();

    assertThat(first)
        .isEqualTo(
            "not all of the page is stored: 1 of series that are refused: no room; tell less");
    assertThat(second).isEqualTo(first);
    assertThat(status().error()).isEmpty();
  }

  @Test
  void a_series_that_was_refused_is_taken_once_there_is_room() throws Exception {
    sink.refuse("bad", "no room");
    target.page = "a 1\nbad 2\n";
    scrape("");
    sink.take();
    sink.takeAgain("bad");

    RecordedSink.Batch last = next();
    for (int page = 3; page <= 20; page++) last = next();

    assertThat(last.page()).containsOnlyKeys(of("a"), of("bad"));
    assertThat(status().error()).isEmpty();
  }

  @Test
  void a_target_that_leaves_the_configuration_ends_its_series() throws Exception {
    target.page = "a 1\n";
    scrape("");
    sink.take();

    scraping.apply(ScrapeSetup.EMPTY);
    var last = sink.take();

    assertThat(value(last.of(of("a")))).isEqualTo("stale");
    assertThat(value(last.of(of("up")))).isEqualTo("stale");
    assertThat(scraping.targets()).isEmpty();
  }

  @Test
  void a_target_that_did_not_change_goes_on_over_a_reload() throws Exception {
    target.page = "a 1\n";
    scrape("");
    sink.take();
    clock.awaitSleepers(2);

    scraping.apply(
        setup(
            """
            - {job_name: node, static_configs: [{targets: [TARGET]}], relabel_configs: []}
            - {job_name: other, static_configs: [{targets: ['127.0.0.1:1']}]}
            """));

    assertThat(sink.takeAll()).isEmpty();
    clock.awaitSleepers(3);
    assertThat(scraping.targets()).hasSize(2);
    clock.advance(INTERVAL);
    var batches = List.of(sink.take(), sink.take());
    assertThat(batches).anySatisfy(b -> assertThat(value(b.of(of("a")))).isEqualTo("1"));
    assertThat(batches)
        .as("known series are still known")
        .anySatisfy(b -> assertThat(value(b.of(of("scrape_series_added")))).isEqualTo("0"));
  }

  @Test
  void a_target_that_is_asked_in_another_way_goes_on_without_a_gap() throws Exception {
    target.page = "a 1\n";
    scrape("");
    sink.take();

    scrape(", honor_labels: true");

    assertThat(value(sink.take().of(of("a")))).isEqualTo("1");
    assertThat(sink.takeAll()).isEmpty();
  }

  @Test
  void closing_does_not_mark_series_as_ended() throws Exception {
    target.page = "a 1\n";
    scrape("");
    sink.take();

    scraping.close();

    assertThat(sink.takeAll()).isEmpty();
  }

  @Test
  void a_file_of_targets_is_followed() throws Exception {
    target.page = "a 1\n";
    Path file = Files.writeString(folder.resolve("targets.json"), "[]");
    scraping.apply(setup("- {job_name: node, file_sd_configs: [{files: [targets.json]}]}\n"));
    assertThat(scraping.targets()).isEmpty();

    Files.writeString(
        file, "[{\"targets\": [\"%s\"], \"labels\": {\"x\": \"1\"}}]".formatted(target.address()));
    clock.awaitSleepers(1);
    clock.advance(5_000);
    clock.awaitSleepers(2);
    clock.advance(INTERVAL);

    assertThat(value(sink.take().of(of("a", "x=\"1\"")))).isEqualTo("1");
    assertThat(scraping.targets().getFirst().foundBy()).isEqualTo("targets.json, file_sd_configs");

    Files.writeString(file, "[{\"targets\": [oops");
    clock.awaitSleepers(2);
    clock.advance(INTERVAL);
    assertThat(value(sink.take().of(of("a", "x=\"1\"")))).as("the last good one").isEqualTo("1");
  }

  @Test
  void what_is_not_asked_is_told_with_the_reason() throws Exception {
    scraping.apply(
        setup(
            "- {job_name: node, static_configs: [{targets: ['gpu1:9100', 'gpu2/x']}],"
                + " relabel_configs: [{action: drop, source_labels: [__address__], regex:"
                + " 'gpu1.*'}]}\n"));

    assertThat(scraping.targets()).isEmpty();
    assertThat(scraping.dropped())
        .extracting("reason")
        .containsExactly(
            "rule 1: drop __address__ =~ \"gpu1.*\"",
            "'gpu2/x' is not host and port; the path belongs into metrics_path");
    assertThat(scraping.dropped().getFirst().discovered())
        .containsEntry("__address__", "gpu1:9100")
        .containsEntry("__scrape_interval__", "10s")
        .containsEntry("job", "node");
  }

  @Test
  void a_hostile_target_harms_no_other() throws Exception {
    target.page = "a 1\n";
    byte[] lines = "endless 1\n".repeat(1000).getBytes(UTF_8);
    RawTarget.Script endless =
        (in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(UTF_8));
          while (true) out.write(lines);
        };
    RawTarget.Script silent = (in, out) -> Thread.sleep(60_000);
    try (var one = new RawTarget(endless);
        var two = new RawTarget(silent)) {
      scraping.apply(
          setup(
              """
              - {job_name: node, static_configs: [{targets: [TARGET]}]}
              - {job_name: one, body_size_limit: 1MB, static_configs: [{targets: ['%s']}]}
              - {job_name: two, scrape_timeout: 9s, static_configs: [{targets: ['%s']}]}
              """
                  .formatted(one.address(), two.address())));
      clock.awaitSleepers(4);
      clock.advance(INTERVAL);

      var batches = List.of(sink.take(), sink.take());

      assertThat(batches).anySatisfy(b -> assertThat(value(b.of(of("a")))).isEqualTo("1"));
      clock.awaitSleepers(3);
      Map<String, Health> health =
          scraping.targets().stream().collect(Collectors.toMap(t -> t.pool(), t -> t.health()));
      assertThat(health)
          .isEqualTo(Map.of("node", Health.UP, "one", Health.DOWN, "two", Health.UNKNOWN));
    }
  }
}
