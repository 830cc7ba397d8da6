package io.oriel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.histogram.Histogram;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsdbTest {
  private static final long T0 = System.currentTimeMillis() / 1000 * 1000 - 7_200_000;
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Two series in a block, one of them with a histogram, and one that lies in the log. */
  private void store() throws IOException {
    try (var store =
            MetricStore.open(MetricStoreConfig.in(data()).withFreeBytes(0), Clock.system());
        MetricWriter writer = store.sink().writer()) {
      long up = writer.series(Labels.of(Labels.NAME, "up", "job", "a\"b\\c\nd €"));
      writer.sample(up, T0, 1);
      writer.sample(up, T0 + 15_500, 0.1);
      writer.sample(up, T0 + 30_000, Stale.MARKER);
      long seconds = writer.series(Labels.of(Labels.NAME, "seconds"));
      writer.histogram(seconds, T0, Histogram.EMPTY);
      writer.commit();
      store.cutBlock();
      writer.sample(writer.series(Labels.of(Labels.NAME, "load")), T0 + 60_000, -1e300);
      writer.commit();
    }
  }

  @Test
  void without_a_verb_the_verbs_are_listed() {
    assertThat(run("tsdb")).isZero();
    assertThat(out.toString()).contains("analyze ", "verify ", "snapshot ", "export ", "bench ");
  }

  @Test
  void a_misspelt_verb_or_option_of_tsdb_is_wrong_usage_and_the_right_one_is_named() {
    assertThat(run("tsdb", "analyse")).isEqualTo(Main.WRONG_USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "oriel: there is no verb analyse; did you mean analyze?", "Try: oriel help tsdb");

    assertThat(run("tsdb", "verify", "--date", "x")).isEqualTo(Main.WRONG_USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "oriel: there is no option --date; did you mean --data?",
            "Try: oriel tsdb verify --help");
  }

  @Test
  void where_there_is_no_store_each_verb_says_so_and_makes_none() {
    for (String verb : new String[] {"analyze", "verify", "export"}) {
      assertThat(run("tsdb", verb, "--data", data().toString())).isEqualTo(Main.FAILED);
      assertThat(err.toString())
          .isEqualToNormalizingNewlines(
              "oriel: there is no store of metrics in %s; name a data folder of Oriel with --data DIR\n"
                  .formatted(data()));
    }
    assertThat(run("tsdb", "snapshot", folder.resolve("copy").toString(), "--data", "" + data()))
        .isEqualTo(Main.FAILED);
    assertThat(data()).doesNotExist();
    assertThat(folder.resolve("copy")).doesNotExist();
  }

  @Test
  void an_analysis_shows_blocks_and_what_has_most_series() throws IOException {
    store();

    assertThat(run("tsdb", "analyze", "--limit", "1", "--data", data().toString())).isZero();

    assertThat(out.toString())
        .contains("3 series, 5 samples: 1 blocks of ", "1 samples of 1 series")
        .containsPattern("(?m)^Metrics by series\\R +1  load$")
        .containsPattern("Bytes by part +values +times");
  }

  @Test
  void what_is_deleted_is_not_exported_and_an_analysis_says_that_it_counts_it() throws IOException {
    store();
    var config = MetricStoreConfig.in(data()).withFreeBytes(0);
    try (var store = MetricStore.open(config, Clock.system())) {
      store.delete(List.of(List.of(Matcher.equal("__name__", "up"))), TimeRange.ALWAYS);
    }

    assertThat(run("tsdb", "analyze", "--data", data().toString())).isZero();
    assertThat(out.toString())
        .contains("deleted, and counted here as long as blocks hold it: samples of 1 series;");
    assertThat(exported()).contains("load").doesNotContain("up{");
  }

  @Test
  void verify_ends_with_1_where_a_file_is_damaged_and_names_place_and_file() throws IOException {
    store();
    assertThat(run("tsdb", "verify", "--data", data().toString())).isZero();
    assertThat(out.toString()).containsPattern("^\\d+ files, .*, 1 blocks: all is whole\\R$");

    Path chunks;
    try (Stream<Path> all = Files.walk(data())) {
      chunks = all.filter(each -> each.endsWith("chunks")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(chunks);
    bytes[10] ^= 1;
    Files.write(chunks, bytes);

    assertThat(run("tsdb", "verify", "--data", data().toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString())
        .startsWith(chunks + ": 0: the page is not what was written")
        .contains("1 blocks: 1 findings");
  }

  @Test
  void an_export_is_open_metrics_with_times_and_says_what_it_left_out() throws IOException {
    store();
    Path page = folder.resolve("page");

    assertThat(run("tsdb", "export", "--output", page.toString(), "--data", data().toString()))
        .isZero();

    assertThat(Files.readString(page))
        .isEqualTo(
            """
            load -1e+300 %s
            up{job="a\\"b\\\\c\\nd €"} 1 %s
            up{job="a\\"b\\\\c\\nd €"} 0.1 %s.500
            # EOF
            """
                .formatted((T0 + 60_000) / 1000, T0 / 1000, T0 / 1000 + 15));
    assertThat(err.toString().lines())
        .containsExactly(
            "3 samples of 2 series written",
            "left out: 1 native histograms, which the format can't say",
            "left out: 1 stale markers, which the format can't say");
  }

  @Test
  void an_export_is_of_what_was_asked_for_and_of_nothing_twice() throws IOException {
    store();
    Path page = folder.resolve("page");
    String to = String.valueOf(T0 / 1000);

    int code =
        run(
            "tsdb",
            "export",
            "--match",
            "up",
            "--match",
            "{job!=\"\"}",
            "--to",
            to,
            "--output",
            page.toString(),
            "--data",
            data().toString());

    assertThat(code).isZero();
    assertThat(Files.readString(page)).containsPattern("^up\\{[^\n]* 1 " + to + "\n# EOF\n$");
  }

  @Test
  void wrong_selectors_and_times_are_wrong_usage() {
    assertThat(run("tsdb", "export", "--match", "{")).isEqualTo(Main.WRONG_USAGE);
    assertThat(run("tsdb", "export", "--from", "noon")).isEqualTo(Main.WRONG_USAGE);
    assertThat(err.toString()).contains("'noon' is no time; write it like 2026-01-31T12:00:00Z");
    assertThat(run("tsdb", "export", "--from", "2", "--to", "1")).isEqualTo(Main.WRONG_USAGE);
    assertThat(run("tsdb", "snapshot")).isEqualTo(Main.WRONG_USAGE);
  }

  @Test
  void a_snapshot_of_a_stopped_store_opens_as_a_store() throws IOException {
    store();
    Path copy = folder.resolve("copy");

    assertThat(run("tsdb", "snapshot", copy.toString(), "--data", data().toString())).isZero();

    assertThat(out.toString()).isEqualToNormalizingNewlines(copy + "\n");
    assertThat(run("tsdb", "verify", "--data", copy.toString())).isZero();
    assertThat(run("tsdb", "analyze", "--data", copy.toString())).isZero();
    assertThat(out.toString()).contains("3 series, 5 samples");
  }

  @Test
  void a_bench_tells_rates_and_leaves_nothing_behind() throws IOException {
    int code =
        run("tsdb", "bench", "--seconds", "1", "--series", "100", "--dir", folder.toString());

    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .hasSize(5)
        .filteredOn(line -> line.endsWith(" samples/s"))
        .hasSize(4);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private int importPage(String page) throws IOException {
    Path file = Files.writeString(folder.resolve("page.om"), page);
    return run("tsdb", "import", "openmetrics", file.toString(), "--data", data().toString());
  }

  private String exported() throws IOException {
    Path page = folder.resolve("exported");
    assertThat(run("tsdb", "export", "--output", page.toString(), "--data", data().toString()))
        .isZero();
    return Files.readString(page);
  }

  @Test
  void a_page_in_any_order_is_imported_sorted_and_twice_is_once() throws IOException {
    long t = T0 / 1000 - 86_400;
    String page =
        """
        # TYPE b gauge
        b{x="2"} 2 %d
        a 1 %d
        b{x="1"} 3 %d.250
        a 0 %d
        a 1 %d
        # EOF
        """
            .formatted(t + 7200, t + 7200, t, t, t + 7200);

    assertThat(importPage(page)).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("4 samples of 3 series imported\n");
    assertThat(importPage(page)).isZero();

    assertThat(exported())
        .isEqualTo(
            "a 0 %d\na 1 %d\nb{x=\"1\"} 3 %d.250\nb{x=\"2\"} 2 %d\n# EOF\n"
                .formatted(t, t + 7200, t, t + 7200));
  }

  @Test
  void a_wrong_line_is_told_with_its_number_and_nothing_is_imported() throws IOException {
    long t = T0 / 1000;
    String good = "a 1 %d\n".formatted(t);
    for (String[] wrong :
        new String[][] {
          {good + "a 2\n# EOF\n", ":2: the sample has no time"},
          {good + "a x 5\n# EOF\n", ":2: "},
          {good, ":2: the page does not end with # EOF"},
          {good + "# EOF\n" + good + "# EOF\n", ":3: something follows # EOF"}
        }) {
      assertThat(importPage(wrong[0])).isEqualTo(Main.FAILED);
      assertThat(err.toString()).contains("page.om" + wrong[1]).contains("nothing was imported");
    }

    assertThat(exported()).isEqualTo("# EOF\n");
  }

  @Test
  void samples_beyond_the_retention_are_left_out_counted_and_said() throws IOException {
    long t = T0 / 1000;

    assertThat(importPage("a 1 %d\na 2 %d\n# EOF\n".formatted(t - 40 * 86_400, t))).isZero();

    assertThat(out.toString()).startsWith("1 samples of 1 series imported");
    assertThat(err.toString())
        .startsWith("left out: 1 samples, older than the retention of 15 days");
  }

  @Test
  void a_file_of_many_pieces_keeps_types_and_line_numbers_across_them() throws IOException {
    var page = new StringBuilder("# TYPE h histogram\n");
    long t = T0 / 1000 - 400_000;
    int lines = 300_000;
    for (int i = 0; i < lines; i++) {
      page.append("h_bucket{le=\"1\",part=\"").append(i % 50).append("\"} ").append(i);
      page.append(' ').append(t + i).append('\n');
    }

    assertThat(importPage(page + "h_bucket nonsense\n# EOF\n")).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("page.om:" + (lines + 2) + ": ");

    assertThat(importPage(page + "# EOF\n")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines("300,000 samples of 50 series imported\n");
    assertThat(run("tsdb", "analyze", "--data", data().toString())).isZero();
    assertThat(out.toString()).contains("50 series, 300,000 samples").contains("le=1.0");
  }

  @Test
  void what_is_no_block_of_prometheus_is_said_so_and_no_store_is_made() throws IOException {
    assertThat(run("tsdb", "import", "prometheus", folder.toString(), "--data", "" + data()))
        .isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains(folder + ": there is no block of Prometheus in it");
    assertThat(data()).doesNotExist();
  }
}
