package io.oriel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.server.Oriel;
import io.oriel.server.config.Flags;
import io.oriel.server.config.OrielConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What needs a process: what a shell gets on stdout, and a running Oriel that is asked. */
@Timeout(60)
class TsdbProcessTest {
  private static final long T0 = System.currentTimeMillis() / 1000 * 1000 - 60_000;

  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private void store() {
    try (var store =
            MetricStore.open(MetricStoreConfig.in(data()).withFreeBytes(0), Clock.system());
        MetricWriter writer = store.sink().writer()) {
      for (int i = 0; i < 3000; i++) {
        long series = writer.series(Labels.of(Labels.NAME, "m", "i", "€" + i));
        writer.sample(series, T0, i);
      }
      writer.commit();
    }
  }

  /** Exit code, and what came on stdout. */
  private record Ended(int code, String out, String err) {}

  private Ended run(List<String> jvm, String... arguments) throws Exception {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(jvm);
    String here =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    words.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            here,
            "io.oriel.cli.Main"));
    words.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void an_export_without_a_file_goes_to_stdout_whole_and_alone() throws Exception {
    store();

    Ended ended = run(List.of(), "tsdb", "export", "--data", data().toString());

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines()).hasSize(3001).endsWith("# EOF");
    assertThat(ended.out()).contains("m{i=\"€7\"} 7 " + T0 / 1000 + "\n");
    assertThat(ended.err().lines()).containsExactly("3,000 samples of 3,000 series written");
  }

  @Test
  void a_running_oriel_takes_a_snapshot_that_opens_as_a_store() throws Exception {
    store();
    String name;
    try (var oriel = Oriel.start(() -> OrielConfig.load(flags(), _ -> null), Clock.system())) {
      name = snapshot("http://127.0.0.1:" + oriel.port());
    }

    assertThat(name).startsWith("snapshots/");
    try (var copy =
        MetricStore.open(
            MetricStoreConfig.in(data().resolve(name)).withFreeBytes(0), Clock.system())) {
      assertThat(copy.source().labelValues("i", List.of(), io.oriel.model.TimeRange.ALWAYS, 0))
          .hasSize(3000);
    }
  }

  private Flags flags() {
    return new Flags(
        Optional.empty(),
        Optional.of(data()),
        Optional.of(0),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        true,
        List.of(),
        Optional.empty());
  }

  private static String snapshot(String url) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "tsdb",
            "snapshot",
            "--url",
            url + "/");
    assertThat(code).as(err.toString()).isZero();
    return out.toString().strip();
  }

  @Test
  void where_nobody_runs_a_snapshot_says_so() throws IOException {
    var err = new StringWriter();

    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "tsdb",
            "snapshot",
            "--url",
            "http://127.0.0.1:1");

    assertThat(code).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("is Oriel running at http://127.0.0.1:1");
  }

  @Test
  void a_file_of_more_series_than_the_heap_bears_is_imported_by_parts() throws Exception {
    Path page = folder.resolve("page.om");
    long second = T0 / 1000;
    try (var out = Files.newBufferedWriter(page, UTF_8)) {
      for (int i = 0; i < 60_000; i++) {
        out.write("churn{pod=\"" + i + "\",more=\"" + "x".repeat(200) + i % 7 + "\"} ");
        out.write(i + " " + (second - i) + "\n");
      }
      out.write("# EOF\n");
    }

    Ended ended =
        run(
            List.of("-Xmx64m"),
            "tsdb",
            "import",
            "openmetrics",
            page.toString(),
            "--data",
            data().toString());

    assertThat(ended.err()).containsPattern("taken in by [0-9]+ parts");
    assertThat(ended.out()).startsWith("60,000 samples of 60,000 series imported");
    assertThat(ended.code()).isZero();
  }
}
