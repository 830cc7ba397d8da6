package io.oriel.engines.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Native histograms go to a real Prometheus and come back as they were. With {@code
 * -Doriel.rewrite=true} its answers are kept as the recorded ones of {@link HistogramReaderTest}.
 */
@Timeout(60)
class NativeHistogramsOfPrometheusTest {
  private static final Labels RATED = Labels.of(Labels.NAME, "rated", "job", "test");
  private static final long STEP_MS = 15_000;

  @TempDir static Path folder;
  private static RealEngine engine;
  private static URI url;
  private static long lastMs;

  @BeforeAll
  static void fill() throws Exception {
    String program = RealEngine.program("PROMETHEUS", "prometheus");
    int port = RealEngine.freePort();
    url = URI.create("http://127.0.0.1:" + port);
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
    engine =
        RealEngine.start(
            port,
            folder,
            "/-/ready",
            List.of(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--enable-feature=native-histograms",
                "--web.enable-remote-write-receiver",
                "--web.listen-address=127.0.0.1:" + port));
    lastMs = System.currentTimeMillis() / STEP_MS * STEP_MS;
    try (MetricWriter writer = engine.sink().writer()) {
      for (RecordedHistogram each : RecordedHistogram.values()) {
        writer.histogram(writer.series(each.labels()), lastMs, each.histogram());
      }
      long rated = writer.series(RATED);
      Histogram first = RecordedHistogram.BOTH_SIDES.histogram();
      for (int i = 0; i < 5; i++) {
        writer.histogram(rated, lastMs - (4 - i) * STEP_MS, first.times(i + 1.0));
      }
      writer.commit();
    }
    int sent = RecordedHistogram.values().length + 5;
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (engine.stats().sent() < sent && System.nanoTime() < end)
      LockSupport.parkNanos(20_000_000);
    assertThat(engine.stats().sent()).as(engine.stats().toString()).isEqualTo(sent);
  }

  @AfterAll
  static void stop() {
    if (engine != null) engine.close();
  }

  @ParameterizedTest
  @EnumSource(RecordedHistogram.class)
  void a_histogram_comes_back_as_it_went(RecordedHistogram kind) throws Exception {
    QueryAnswer answer = engine.queries().instant(kind.query(), lastMs, QueryOptions.DEFAULT);

    assertThat(answer.result())
        .isInstanceOfSatisfying(
            Result.Vector.class,
            vector -> {
              assertThat(vector.points()).hasSize(1);
              assertThat(vector.points().getFirst().histogram()).isEqualTo(kind.readBack());
            });
    if (Boolean.getBoolean("oriel.rewrite")) record(kind);
  }

  @Test
  void histograms_are_read_over_a_range_of_time() {
    QueryAnswer answer =
        engine
            .queries()
            .range("rated", lastMs - 4 * STEP_MS, lastMs, STEP_MS, QueryOptions.DEFAULT);

    assertThat(answer.result())
        .isInstanceOfSatisfying(
            Result.Matrix.class,
            matrix -> {
              SampleColumns columns = matrix.series().getFirst().samples();
              assertThat(columns.size).isEqualTo(5);
              for (int i = 0; i < 5; i++) {
                assertThat(columns.histogram(i))
                    .isEqualTo(RecordedHistogram.BOTH_SIDES.readBack().times(i + 1.0));
              }
            });
  }

  /** Rates have buckets of fractions: here the growth of one histogram every 15 s. */
  @Test
  void a_rate_is_a_histogram_too() {
    QueryAnswer answer = engine.queries().instant("rate(rated[1m])", lastMs, QueryOptions.DEFAULT);

    assertThat(answer.result())
        .isInstanceOfSatisfying(
            Result.Vector.class,
            vector -> {
              Histogram rate = Objects.requireNonNull(vector.points().getFirst().histogram());
              Histogram once = RecordedHistogram.BOTH_SIDES.readBack();
              assertThat(rate.schema()).isEqualTo(once.schema());
              assertThat(rate.count()).isCloseTo(once.count() / 15, within());
              assertThat(rate.positive().indexes()).isEqualTo(once.positive().indexes());
              assertThat(rate.negative().indexes()).isEqualTo(once.negative().indexes());
            });
  }

  @Test
  void raw_samples_are_selected() {
    try (SelectedSeries found =
        engine
            .source()
            .select(
                List.of(new Matcher(Labels.NAME, Matcher.Op.EQUAL, "rated")),
                new TimeRange(lastMs - 2 * STEP_MS, lastMs))) {
      var columns = new SampleColumns(8);
      found.read(0, columns);

      assertThat(columns.size).isEqualTo(3);
      assertThat(columns.histogram(2))
          .isEqualTo(
              RecordedHistogram.BOTH_SIDES.readBack().times(5).withReset(CounterReset.UNKNOWN));
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  private static void record(RecordedHistogram kind) throws Exception {
    String address =
        url
            + "/api/v1/query?query="
            + URLEncoder.encode(kind.query(), StandardCharsets.UTF_8)
            + "&time="
            + lastMs / 1000;
    try (var http = HttpClient.newHttpClient()) {
      String body =
          http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
              .body();
      Files.createDirectories(RecordedHistogram.FOLDER);
      Files.writeString(RecordedHistogram.FOLDER.resolve(kind.file()), body + "\n");
    }
  }
}
