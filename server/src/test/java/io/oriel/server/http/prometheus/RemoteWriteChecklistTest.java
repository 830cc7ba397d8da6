package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.receive.remotewrite.RemoteWrite;
import io.oriel.server.http.TestServer;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must hold of a receiver of remote write 2.0, line by line of the compliance suite, over a
 * real socket and a real store.
 */
class RemoteWriteChecklistTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Limits LIMITS =
      Limits.NORMAL.with(Limit.WRITE_SAMPLES, 5000).with(Limit.WRITE_SERIES, 3000);
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(NOW);
  private MetricStore store;
  private RemoteWrite remoteWrite;
  private TestServer server;

  // the request that is being built
  private final List<String> symbols = new ArrayList<>(List.of(""));
  private FieldWriter request = new FieldWriter();

  @BeforeEach
  void start() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withLimits(LIMITS), clock);
    remoteWrite = RemoteWrite.start(store.sink(), LIMITS, clock);
    server = TestServer.below("", LIMITS, List.of(WriteApi.route(remoteWrite)));
  }

  @AfterEach
  void stop() {
    server.close();
    remoteWrite.close();
    store.close();
  }

  private int ref(String text) {
    int at = symbols.indexOf(text);
    if (at >= 0) return at;
    symbols.add(text);
    return symbols.size() - 1;
  }

  private FieldWriter refs(String... texts) {
    var refs = new FieldWriter();
    for (String text : texts) refs.varint(ref(text));
    return refs;
  }

  private void series(Consumer<FieldWriter> rest, String... labels) {
    seriesOf(rest, refs(labels));
  }

  private void seriesOf(Consumer<FieldWriter> rest, FieldWriter refs) {
    var series = new FieldWriter().message(1, refs);
    rest.accept(series);
    request.message(5, series);
  }

  private static Consumer<FieldWriter> sample(long timeMs, double value) {
    return series -> series.message(2, new FieldWriter().eightBytes(1, value).number(2, timeMs));
  }

  private static Consumer<FieldWriter> histogram(FieldWriter histogram, long timeMs) {
    return series -> series.message(3, histogram.number(15, timeMs));
  }

  private Consumer<FieldWriter> exemplar(double value, long timeMs, String... labels) {
    var exemplar = new FieldWriter();
    if (labels.length > 0) exemplar.message(1, refs(labels));
    return series -> series.message(4, exemplar.eightBytes(2, value).number(3, timeMs));
  }

  private Consumer<FieldWriter> metadata(int type, String help, String unit) {
    var said = new FieldWriter().number(1, type).number(3, ref(help)).number(4, ref(unit));
    return series -> series.message(5, said);
  }

  private byte[] message() {
    var whole = new FieldWriter();
    for (String symbol : symbols) whole.text(4, symbol);
    byte[] head = whole.toBytes();
    byte[] rest = request.toBytes();
    byte[] all = java.util.Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    request = new FieldWriter();
    return all;
  }

  private HttpResponse<String> push() throws Exception {
    byte[] message = message();
    return push(SnappyBlock.pack(message, message.length), V2, "snappy");
  }

  private HttpResponse<String> push(byte[] body, String type, String encoding) throws Exception {
    return server.send(
        server
            .request(
                "/api/v1/write",
                "Content-Type",
                type,
                "Content-Encoding",
                encoding,
                "X-Prometheus-Remote-Write-Version",
                "2.0.0")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Status, samples, histograms, exemplars. */
  private static String told(HttpResponse<String> answer) {
    var told = new StringBuilder().append(answer.statusCode());
    for (String what : List.of("Samples", "Histograms", "Exemplars")) {
      String header = "X-Prometheus-Remote-Write-" + what + "-Written";
      told.append(' ').append(answer.headers().firstValue(header).orElse("none"));
    }
    return told.toString();
  }

  @Test
  void samples_of_a_valid_request_are_204_and_counted() throws Exception {
    series(sample(NOW, 1), "__name__", "up");
    series(sample(NOW, 1), "__name__", "up", "a", "line\nbreak", "b", "dot.and blank", "c", "ü");

    assertThat(told(push())).isEqualTo("204 2 0 0");
  }

  @Test
  void samples_many_labels() throws Exception {
    var labels = new ArrayList<>(List.of("__name__", "many"));
    for (int i = 0; i < 60; i++) labels.addAll(List.of("l" + i, "v" + i));
    series(sample(NOW, 1), labels.toArray(String[]::new));

    assertThat(told(push())).isEqualTo("204 1 0 0");
  }

  @Test
  void samples_a_thousand_in_one_request() throws Exception {
    for (int i = 0; i < 1000; i++) series(sample(NOW, i), "__name__", "m", "i", "" + i);

    assertThat(told(push())).isEqualTo("204 1000 0 0");
  }

  @Test
  void samples_a_counter_with_a_start_timestamp() throws Exception {
    series(
        one -> one.message(2, new FieldWriter().eightBytes(1, 5).number(2, NOW).number(3, NOW - 9)),
        "__name__",
        "c_total");

    assertThat(told(push())).isEqualTo("204 1 0 0");
  }

  @Test
  void samples_a_series_without_name_or_without_any_label_is_400() throws Exception {
    series(sample(NOW, 1), "job", "x");
    assertThat(told(push())).isEqualTo("400 0 0 0");
    series(sample(NOW, 1));
    assertThat(told(push())).isEqualTo("400 0 0 0");
    series(sample(NOW, 1), "__name__", "");
    assertThat(told(push())).isEqualTo("400 0 0 0");
  }

  @Test
  void samples_one_bad_series_costs_no_other_and_all_bad_write_nothing() throws Exception {
    series(sample(NOW, 1), "__name__", "a");
    series(sample(NOW, 1), "job", "x");
    series(sample(NOW, 1), "__name__", "b");
    var partial = push();
    series(sample(NOW, 1), "job", "x");
    series(sample(NOW, 1), "job", "y");
    var all = push();

    assertThat(told(partial)).isEqualTo("400 2 0 0");
    assertThat(partial.body()).startsWith("1 of 3 samples refused").contains("no metric name");
    assertThat(told(all)).isEqualTo("400 0 0 0");
  }

  @Test
  void samples_a_time_far_ahead_is_refused_and_shuts_nothing_out() throws Exception {
    long far = Instant.parse("5000-01-01T00:00:00Z").toEpochMilli();
    series(sample(far, 1), "__name__", "a");
    var answer = push();
    series(sample(NOW, 1), "__name__", "a");

    assertThat(told(answer)).isEqualTo("400 0 0 0");
    assertThat(answer.body()).contains("too_far_ahead");
    assertThat(told(push())).isEqualTo("204 1 0 0");
  }

  @Test
  void references_that_are_wrong_cost_their_series() throws Exception {
    series(sample(NOW, 1), "__name__", "good");
    seriesOf(sample(NOW, 1), new FieldWriter().varint(1).varint(99));
    seriesOf(sample(NOW, 1), new FieldWriter().varint(1));
    series(sample(NOW, 1), "__name__", "a", "l", "1", "l", "2");
    series(sample(NOW, 1), "__name__", "sorted_here", "z", "1", "a", "2");

    assertThat(told(push())).isEqualTo("400 2 0 0");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, snappy",
    "image/png, snappy",
    "application/x-protobuf;proto=io.prometheus.write.v2.Request, gzip",
    "application/x-protobuf;proto=io.prometheus.write.v2.Request, deflate",
  })
  void unknown_types_and_encodings_are_415_even_of_a_broken_body(String type, String encoding)
      throws Exception {
    assertThat(push(new byte[] {1, 2, 3}, type, encoding).statusCode()).isEqualTo(415);
  }

  @Test
  void a_body_that_is_no_snappy_or_no_protobuf_is_4xx_and_counts_nothing() throws Exception {
    series(sample(NOW, 1), "__name__", "a");
    byte[] message = message();
    message[0] = (byte) 0xff;
    var broken = push(SnappyBlock.pack(message, message.length), V2, "snappy");
    var noSnappy = push(new byte[] {(byte) 0xff, 1, 2}, V2, "snappy");

    assertThat(told(broken)).isEqualTo("400 0 0 0");
    assertThat(told(noSnappy)).isEqualTo("400 0 0 0");
  }

  /** Count 3: one negative, one in the zero bucket, one positive; each can be left out. */
  private static FieldWriter buckets(boolean negative, boolean zero, boolean positive) {
    int count = (negative ? 1 : 0) + (zero ? 1 : 0) + (positive ? 1 : 0);
    var h = new FieldWriter().number(1, count).eightBytes(3, 1).eightBytes(5, 0.001);
    var span = new FieldWriter().number(1, 0).number(2, 1);
    var one = new FieldWriter().varint(2); // +1
    if (negative) h.message(8, span).message(9, one);
    if (positive) h.message(11, span).message(12, one);
    return zero ? h.number(6, 1) : h;
  }

  @ParameterizedTest
  @CsvSource({
    "true,true,true",
    "false,true,true",
    "true,false,false",
    "false,true,false",
    "false,false,false"
  })
  void histograms_of_every_shape(boolean negative, boolean zero, boolean positive)
      throws Exception {
    series(histogram(buckets(negative, zero, positive), NOW), "__name__", "h");

    assertThat(told(push())).isEqualTo("204 0 1 0");
  }

  @Test
  void histograms_with_custom_buckets() throws Exception {
    var h =
        new FieldWriter()
            .number(1, 1)
            .eightBytes(3, 1)
            .number(4, 105) // -53
            .message(11, new FieldWriter().number(1, 0).number(2, 1))
            .message(12, new FieldWriter().varint(2))
            .message(16, new FieldWriter().eightBytes(5.0));
    series(histogram(h, NOW), "__name__", "h");

    assertThat(told(push())).isEqualTo("204 0 1 0");
  }

  @Test
  void histograms_whose_count_does_not_fit_are_400_and_cost_no_other() throws Exception {
    series(histogram(buckets(true, true, true).number(1, 7), NOW), "__name__", "h");
    series(histogram(buckets(true, true, true), NOW), "__name__", "g");
    var answer = push();

    assertThat(told(answer)).isEqualTo("400 0 1 0");
    assertThat(answer.body()).contains("invalid_histogram", "the Count field is 7");
  }

  @Test
  void histograms_several_in_one_series_with_start_metadata_and_exemplars() throws Exception {
    var second = buckets(true, true, true).number(17, NOW - 5000);
    series(
        histogram(buckets(true, true, true), NOW - 1000)
            .andThen(histogram(second, NOW))
            .andThen(exemplar(0.5, NOW, "trace_id", "abc"))
            .andThen(metadata(3, "Seconds.", "seconds")),
        "__name__",
        "h");

    assertThat(told(push())).isEqualTo("204 0 2 1");
    assertThat(store.source().metadata("h", 0)).containsKey("h");
  }

  @Test
  void histograms_many_in_one_request() throws Exception {
    for (int i = 0; i < 200; i++) {
      series(histogram(buckets(true, true, true), NOW), "__name__", "h", "i", "" + i);
    }

    assertThat(told(push())).isEqualTo("204 0 200 0");
  }

  @Test
  void exemplars_with_all_kinds_of_labels_and_values() throws Exception {
    series(
        sample(NOW, 1)
            .andThen(exemplar(1, NOW - 6, "trace_id", "t"))
            .andThen(exemplar(2, NOW - 5, "trace_id", "t", "span_id", "s"))
            .andThen(exemplar(3, NOW - 4, "a", "1", "b", "2", "c", "\"\\\n"))
            .andThen(exemplar(Double.NaN, NOW - 3))
            .andThen(exemplar(Double.POSITIVE_INFINITY, NOW - 2, "ü", "日本")),
        "__name__",
        "a_total");

    assertThat(told(push())).isEqualTo("204 1 0 5");
  }

  @Test
  void exemplars_of_a_series_without_name_are_400() throws Exception {
    series(exemplar(1, NOW, "trace_id", "t"), "job", "x");
    assertThat(told(push())).isEqualTo("400 0 0 0");
    series(exemplar(1, NOW, "trace_id", "t"), "__name__", "");
    assertThat(told(push())).isEqualTo("400 0 0 0");
  }

  @Test
  void exemplars_without_any_sample_are_no_5xx() throws Exception {
    series(exemplar(1, NOW, "trace_id", "t"), "__name__", "a");

    assertThat(push().statusCode()).isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void metadata_of_every_type_with_and_without_help_and_unit(int type) throws Exception {
    series(sample(NOW, 1).andThen(metadata(type, "", "")), "__name__", "a");
    series(
        sample(NOW, 1).andThen(metadata(type, "\"\\\n ü", "seconds")), "__name__", "b", "l", "v");

    assertThat(told(push())).isEqualTo("204 2 0 0");
    assertThat(store.source().metadata("b", 0).toString()).contains("\"\\\n ü");
  }

  @Test
  void metadata_of_a_series_without_name_are_400_and_alone_no_5xx() throws Exception {
    series(metadata(1, "help", ""), "job", "x");
    assertThat(told(push())).isEqualTo("400 0 0 0");
    series(metadata(1, "help", ""), "__name__", "a");
    assertThat(push().statusCode()).isLessThan(500);
  }

  @Test
  void together_samples_or_histograms_and_never_both_in_one_series() throws Exception {
    series(
        sample(NOW, 1).andThen(metadata(1, "h", "")).andThen(exemplar(1, NOW, "trace_id", "t")),
        "__name__",
        "a_total");
    series(histogram(buckets(true, true, true), NOW), "__name__", "h");
    assertThat(told(push())).isEqualTo("204 1 1 1");

    series(
        sample(NOW + 1, 1).andThen(histogram(buckets(true, true, true), NOW + 1)), "__name__", "x");
    assertThat(told(push())).isEqualTo("400 0 0 0");
  }

  @Test
  void a_request_over_a_limit_is_4xx_by_name_and_counts_nothing() throws Exception {
    for (int i = 0; i < 3001; i++) series(RemoteWriteChecklistTest::nothing);
    var series = push();
    series(
        one -> {
          for (int i = 0; i < 5001; i++) sample(NOW + i, 1).accept(one);
        },
        "__name__",
        "a");
    var many = push();

    assertThat(told(series)).isEqualTo("413 0 0 0");
    assertThat(series.body()).contains("limits.write_series");
    assertThat(told(many)).isEqualTo("413 0 0 0");
    assertThat(many.body()).contains("limits.write_samples");
  }

  private static void nothing(FieldWriter series) {}
}
