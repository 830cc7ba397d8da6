package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.HistogramMessage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus has kept is here, after an import, as it is there. */
class TsdbImportTest {
  private static final long MINUTE = 60_000;
  private static final long STEP = 15_000;
  private static final int SAMPLES = 180;
  private static final long SEED = 20_261_121;

  private static final long BLOCK = 120 * MINUTE;

  /**
   * Inside one block's two hours: where a chunk ends at their edge, 2.42 answers with samples that
   * it has deleted. And beside full minutes, so that no sample lies at the edge of a window, as 2.x
   * counts both edges.
   */
  private static final long END = System.currentTimeMillis() / BLOCK * BLOCK - 2 * MINUTE;

  private static final long START = END - SAMPLES * STEP + 7_123;

  /** No window begins before the first sample: how a rate begins differs between the versions. */
  private static final long SETTLED = START / MINUTE * MINUTE + 11 * MINUTE;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(e[+-]?\\d+)?");

  private static final List<String> QUERIES =
      List.of(
          "{__name__=~\".+\"}",
          "count by (__name__) ({__name__=~\".+\"})",
          "rate(requests_total[5m])",
          "load offset 10m",
          "sum by (host) (load)",
          "rate(seconds[5m])",
          "sum(rate(seconds[5m]))",
          "histogram_count(seconds)",
          "histogram_sum(increase(seconds[10m]))",
          "parts",
          "last_over_time({__name__=\"gone\"}[30m])",
          "count_over_time(load[40m])",
          "count_over_time(seconds[40m])");

  @TempDir Path folder;
  private String program = "";

  @BeforeEach
  void needs_the_real_one() {
    program = Peer.program("prometheus", "prometheus");
  }

  private Peer prometheus(Path data, int port) throws Exception {
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    return Peer.start(
        folder,
        url(port) + "/-/ready",
        program,
        "--config.file=" + config,
        "--storage.tsdb.path=" + data,
        "--web.listen-address=127.0.0.1:" + port,
        "--web.enable-admin-api",
        "--web.enable-remote-write-receiver",
        "--enable-feature=native-histograms");
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private Path data() {
    return folder.resolve("oriel");
  }

  @Test
  void a_snapshot_of_a_real_prometheus_answers_here_as_it_does_there() throws Exception {
    int port = Ports.free();
    String name;
    try (var _ = prometheus(folder.resolve("first"), port)) {
      push(port);
      name = Json.read(post(port, "/api/v1/admin/tsdb/snapshot")).at("/data/name").asText();
    }
    Path snapshot = folder.resolve("first/snapshots").resolve(name);
    try (var _ = prometheus(snapshot, port)) {
      String range = "&start=%d&end=%d".formatted(START / 1000 + 600, START / 1000 + 1200);
      String series = "?match%5B%5D=" + Json.encode("load{host=\"h3\"}");
      post(port, "/api/v1/admin/tsdb/delete_series" + series + range);

      var imported = run("import", "prometheus", snapshot.toString());
      assertThat(imported.output()).contains(" blocks imported").doesNotContain("left out");
      assertThat(imported.exitCode()).isZero();
      String once = run("analyze").output();
      assertThat(run("import", "prometheus", snapshot.toString()).exitCode()).isZero();
      assertThat(once).contains(" samples");

      try (var oriel = OrielProcess.up(folder, "--no-collectors", "--data", data().toString())) {
        assertAlike(oriel, port);
      }
      assertThat(run("verify").exitCode()).isZero();
    }
  }

  private OrielProcess.Outcome run(String verb, String... more) throws Exception {
    var words = new ArrayList<>(List.of("tsdb", verb));
    words.addAll(List.of(more));
    words.addAll(List.of("--data", data().toString()));
    return OrielProcess.run(folder, words.toArray(String[]::new));
  }

  private void assertAlike(OrielProcess oriel, int port) throws Exception {
    for (String query : QUERIES) {
      for (long at = START / MINUTE * MINUTE; at <= END + MINUTE; at += 11 * MINUTE) {
        String asked = "/api/v1/query?query=" + Json.encode(query) + "&time=" + at / 1000;
        assertThat(rows(oriel.get(asked))).as(asked).isEqualTo(rows(get(port, asked)));
      }
      String asked =
          "/api/v1/query_range?query=%s&start=%d&end=%d&step=60"
              .formatted(Json.encode(query), SETTLED / 1000, END / 1000);
      var expected = rows(get(port, asked));
      assertThat(expected).as(asked).isNotEmpty();
      assertThat(rows(oriel.get(asked))).as(asked).isEqualTo(expected);
    }
    String range = "start=%d&end=%d".formatted(START / 1000, END / 1000);
    for (String asked :
        List.of(
            "/api/v1/labels?" + range,
            "/api/v1/label/__name__/values?" + range,
            "/api/v1/label/host/values?" + range,
            "/api/v1/series?match%5B%5D=%7B__name__%3D~%22.%2B%22%7D&" + range)) {
      assertThat(Json.read(oriel.get(asked)).at("/data"))
          .as(asked)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(Json.read(get(port, asked)).at("/data"));
    }
  }

  private static Map<String, String> rows(String answer) throws Exception {
    var rows = new TreeMap<String, String>();
    for (JsonNode row : Json.read(answer).at("/data/result")) {
      var labels = new TreeMap<String, String>();
      row.at("/metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      var rest = new TreeMap<String, String>();
      row.properties().forEach(e -> rest.put(e.getKey(), rounded(e.getValue().toString())));
      rest.remove("metric");
      rows.put(labels.toString(), rest.toString());
    }
    return rows;
  }

  /** 2.42 computes bounds of buckets, and sums, with a last digit that later versions mended. */
  private static String rounded(String answer) {
    return NUMBER
        .matcher(answer)
        .replaceAll(number ->
            new BigDecimal(number.group())
                .round(new MathContext(12))
                .stripTrailingZeros()
                .toString());
  }

  private static String get(int port, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url(port) + path)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String post(int port, String path) throws Exception {
    return post(port, path, new byte[0]);
  }

  private static String post(int port, String path, byte[] body) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url(port) + path))
              .header("Content-Encoding", "snappy")
              .header("Content-Type", "application/x-protobuf")
              .header("X-Prometheus-Remote-Write-Version", "0.1.0")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path + ": " + answer.body()).isLessThan(300);
      return answer.body();
    }
  }

  /**
   * Floats of several shapes, markers, and histograms that count in wholes, in floats, and gauges.
   */
  private static void push(int port) throws Exception {
    var random = new Random(SEED);
    var request = new FieldWriter();
    for (int host = 0; host < 5; host++) {
      var counter = new SampleColumns();
      var gauge = new SampleColumns();
      double count = 0;
      for (int i = 0; i < SAMPLES; i++) {
        count = i == 100 ? 3 : count + random.nextInt(50);
        counter.add(START + i * STEP, count);
        boolean quiet = host == 2 && i > 60 && i < 90;
        if (!quiet) gauge.add(START + i * STEP + random.nextInt(500), random.nextGaussian());
        else if (i == 61) gauge.add(START + i * STEP, Stale.MARKER);
      }
      series(request, counter, "requests_total", "h" + host);
      series(request, gauge, "load", "h" + host);
    }
    var gone = new SampleColumns();
    for (int i = 0; i < 20; i++) gone.add(START + i * STEP, i);
    series(request, gone, "gone", "h€\"");
    for (int kind = 0; kind < 3; kind++) {
      series(request, histograms(random, kind), kind == 2 ? "parts" : "seconds", "h" + kind);
    }
    post(port, "/api/v1/write", request.packed());
  }

  private static SampleColumns histograms(Random random, int kind) {
    var columns = new SampleColumns();
    double[] above = new double[12];
    double[] below = new double[3];
    for (int i = 0; i < SAMPLES; i++) {
      if (i == 90) above = new double[12]; // a counter that begins anew
      if (i == 90) below = new double[3];
      for (int observed = random.nextInt(20); observed >= 0; observed--) {
        above[random.nextInt(above.length)] += kind == 1 ? 0.25 : 1;
        if (observed % 5 == 0) below[random.nextInt(below.length)] += kind == 1 ? 0.5 : 1;
      }
      columns.add(START + i * STEP, histogram(above, below, i));
    }
    return columns;
  }

  private static Histogram histogram(double[] above, double[] below, int zeros) {
    Buckets positive = buckets(above, -4);
    Buckets negative = buckets(below, 2);
    double count = zeros % 90;
    for (double each : above) count += each;
    for (double each : below) count += each;
    return new Histogram(
        1,
        count,
        count * 0.37,
        1e-3,
        zeros % 90,
        positive,
        negative,
        new double[0],
        CounterReset.UNKNOWN);
  }

  /** Two runs of buckets with a gap between them; empty ones are left out. */
  private static Buckets buckets(double[] counts, int first) {
    int filled = 0;
    for (double count : counts) if (count != 0) filled++;
    int[] indexes = new int[filled];
    double[] values = new double[filled];
    for (int i = 0, at = 0; i < counts.length; i++) {
      if (counts[i] == 0) continue;
      indexes[at] = first + (i < counts.length / 2 ? i : i + 7);
      values[at++] = counts[i];
    }
    return new Buckets(indexes, values);
  }

  private static void series(FieldWriter request, SampleColumns samples, String name, String host) {
    var series = new FieldWriter();
    var inner = new FieldWriter();
    var histogram = new HistogramMessage();
    Labels labels = Labels.of(Labels.NAME, name, "host", host, "zone", "a\\b");
    for (int i = 0; i < labels.size(); i++) {
      inner.clear().text(1, labels.nameAt(i)).text(2, labels.valueAt(i));
      series.message(1, inner);
    }
    for (int i = 0; i < samples.size; i++) {
      Histogram its = samples.histogram(i);
      if (its != null) {
        series.message(4, histogram.of(its, samples.times[i], true));
      } else {
        inner.clear().eightBytes(1, samples.values[i]).number(2, samples.times[i]);
        series.message(2, inner);
      }
    }
    request.message(1, series);
  }

  @Test
  void a_file_that_promtool_makes_blocks_of_and_its_own_import_are_the_same() throws Exception {
    importBothWays();
  }

  private void importBothWays() throws Exception {
    String promtool = Peer.program("promtool", "prometheus");
    var page = new StringBuilder("# TYPE temperature gauge\n");
    long from = END / 1000 - 6 * 3600;
    // the last two come in another order by bytes than by characters
    List<String> rooms = List.of("a", "b", "\uFFFD", "\uD83D\uDE00");
    for (int i = 0; i < 1500; i++) {
      String room = rooms.get(i % rooms.size());
      page.append("temperature{room=\"%s\"} %d.5 %d\n".formatted(room, i % 40, from + i * 14L));
    }
    Path file = Files.writeString(folder.resolve("page.om"), page.append("# EOF\n"));
    Path blocks = folder.resolve("blocks");
    var made =
        new ProcessBuilder(
                promtool, "tsdb", "create-blocks-from", "openmetrics", "" + file, "" + blocks)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("promtool.log").toFile())
            .start();
    assertThat(made.waitFor()).isZero();

    assertThat(run("import", "prometheus", blocks.toString()).exitCode()).isZero();
    Path byBlocks = folder.resolve("by-blocks");
    assertThat(run("export", "--output", byBlocks.toString()).exitCode()).isZero();
    var again = run("import", "openmetrics", file.toString());
    assertThat(again.exitCode()).as(again.output()).isZero();
    Path byBoth = folder.resolve("by-both");
    assertThat(run("export", "--output", byBoth.toString()).exitCode()).isZero();

    assertThat(byBlocks).content().hasLineCount(1501);
    assertThat(byBoth).hasSameTextualContentAs(byBlocks);
  }

  @Test
  void a_block_that_is_broken_leaves_the_store_as_it_was() throws Exception {
    importBothWays();
    Path block;
    try (Stream<Path> all = Files.list(folder.resolve("blocks"))) {
      block = all.filter(Files::isDirectory).sorted().findFirst().orElseThrow();
    }
    Path chunks = block.resolve("chunks/000001");
    byte[] bytes = Files.readAllBytes(chunks);
    bytes[bytes.length / 2] ^= 1;
    Files.write(chunks, bytes);

    var refused = run("import", "prometheus", block.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("could not be imported", "000001", "at byte ");
    Path after = folder.resolve("after");
    assertThat(run("export", "--output", after.toString()).exitCode()).isZero();
    assertThat(after).hasSameTextualContentAs(folder.resolve("by-both"));
    assertThat(run("verify").exitCode()).isZero();
  }
}
