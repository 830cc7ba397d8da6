package io.oriel.engines.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.remotewrite.WriteVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receiver sees; the lines of the sender's checklist up to batching. */
@Timeout(60)
class SenderMessageTest extends SenderFixture {
  private Destination to(WriteVersion version) {
    return version == WriteVersion.V2 ? to2() : to().with(version, to2().parts());
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void a_request_says_what_it_is(WriteVersion version) throws InterruptedException {
    try (var out = start(to(version).with(HttpSettings.NORMAL, Map.of("X-Scope-OrgID", "team")))) {
      send(out, labels("up", "job", "x", "instance", "a:1"), NOW, 1);

      var request = receiver.take();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.headers())
          .containsEntry("content-type", version.contentType())
          .containsEntry("content-encoding", "snappy")
          .containsEntry("x-prometheus-remote-write-version", version.header())
          .containsEntry("user-agent", "Oriel/test")
          .containsEntry("x-scope-orgid", "team");
      assertThat(request.message().series).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void labels_are_kept_exactly_and_names_that_are_private_stay_here(WriteVersion version)
      throws InterruptedException {
    String odd = "é\"\\\n😀 ";
    String name = "n".repeat(500);
    String value = "v".repeat(10_000);
    try (var out = start(to(version))) {
      send(out, labels("a:b_total", "z", odd, "__meta", "x", name, value, "job", "j"), NOW, 1);

      assertThat(receiver.take().message().series.getFirst().labels())
          .isEqualTo(Map.of("__name__", "a:b_total", "job", "j", name, value, "z", odd));
    }
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void values_and_times_arrive_bit_by_bit_and_in_order(WriteVersion version)
      throws InterruptedException {
    double[] values = {
      0,
      -0.0,
      -1.5,
      1e308,
      4.9e-324,
      0.1,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      Stale.MARKER
    };
    try (var out = start(to(version));
        var writer = out.sink().writer()) {
      long series = writer.series(labels("x"));
      for (int i = 0; i < values.length; i++) writer.sample(series, NOW - 100 + i, values[i]);

      assertThat(writer.commit().kept()).isEqualTo(values.length);

      var rows = new ArrayList<Decoded.Row>();
      for (var each : receiver.take().message().series) rows.addAll(each.rows());
      for (int i = 0; i < values.length; i++) {
        assertThat(rows.get(i).timeMs()).isEqualTo(NOW - 100 + i);
        assertThat(Double.doubleToRawLongBits(rows.get(i).value()))
            .isEqualTo(Double.doubleToRawLongBits(values[i]));
      }
    }
  }

  @Test
  void what_is_late_or_far_ahead_costs_no_other_and_is_counted() throws InterruptedException {
    try (var out = start(to());
        var writer = out.sink().writer()) {
      long series = writer.series(labels("x"));
      writer.sample(series, NOW, 1);
      writer.sample(series, NOW - 1, 2);
      writer.sample(series, NOW + 95_000_000_000_000L, 3);
      writer.sample(series, NOW + 1, 4);
      writer.sample(series, NOW + 1, 4);

      var receipt = writer.commit();

      assertThat(receipt.kept()).isEqualTo(3);
      assertThat(receipt.refused(Reason.OUT_OF_ORDER)).isEqualTo(1);
      assertThat(receipt.refused(Reason.TOO_FAR_AHEAD)).isEqualTo(1);
      assertThat(receiver.take().message().series)
          .flatExtracting(Decoded.Series::rows)
          .extracting(Decoded.Row::value)
          .containsExactly(1.0, 4.0);
      assertThat(out.stats().dropped()).containsEntry("out_of_order", 1L);
    }
  }

  @Test
  void times_of_zero_and_a_little_ahead_are_sent() throws InterruptedException {
    try (var out = start(to2())) {
      send(out, labels("zero"), 0, 1);
      assertThat(receiver.take().message().series.getFirst().rows().getFirst().timeMs()).isZero();
      send(out, labels("ahead"), NOW + 60_000, 1);
      assertThat(receiver.take().message().series.getFirst().rows().getFirst().timeMs())
          .isEqualTo(NOW + 60_000);
    }
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void start_times_go_with_version_2_alone(WriteVersion version) throws InterruptedException {
    try (var out = start(to(version));
        var writer = out.sink().writer()) {
      writer.sample(writer.series(labels("a_total")), NOW, 1);
      writer.startOfLast(NOW - 5000);
      writer.sample(writer.series(labels("b_total")), NOW, 1);
      writer.histogram(writer.series(labels("h")), NOW, histogram(CounterReset.UNKNOWN));
      writer.startOfLast(NOW - 7000);
      writer.commit();

      var message = receiver.take().message();
      long expected = version == WriteVersion.V2 ? NOW - 5000 : 0;
      assertThat(message.series)
          .flatExtracting(Decoded.Series::rows)
          .extracting(Decoded.Row::startMs)
          .containsExactly(expected, 0L, version == WriteVersion.V2 ? NOW - 7000 : 0);
    }
  }

  private static Histogram histogram(CounterReset reset) {
    var positive = new Buckets(new int[] {-2, -1, 5}, new double[] {1e9, 3_000_000_001.0, 7});
    var negative = new Buckets(new int[] {0}, new double[] {2});
    return new Histogram(
        3, 4_000_000_015.0, 12.5, 0.001, 5, positive, negative, new double[0], reset);
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void native_histograms_arrive_whole(WriteVersion version) throws InterruptedException {
    try (var out = start(to(version));
        var writer = out.sink().writer()) {
      writer.histogram(writer.series(labels("h")), NOW, histogram(CounterReset.RESET));
      writer.histogram(writer.series(labels("empty")), NOW, Histogram.EMPTY);
      var custom =
          new Histogram(
              Histogram.CUSTOM,
              3,
              2.5,
              0,
              0,
              new Buckets(new int[] {0, 1}, new double[] {1, 2}),
              Buckets.NONE,
              new double[] {0.5, 1},
              CounterReset.UNKNOWN);
      writer.histogram(writer.series(labels("custom")), NOW, custom);

      assertThat(writer.commit().histograms()).isEqualTo(3);

      var series = receiver.take().message().series;
      Map<Integer, List<Object>> first = series.getFirst().rows().getFirst().histogram();
      assertThat(first.get(1)).containsExactly(4_000_000_015L); // count
      assertThat(first.get(3)).containsExactly(12.5); // sum
      assertThat(first.get(4)).containsExactly(6L); // schema 3, zigzag
      assertThat(first.get(6)).containsExactly(5L); // zero count
      assertThat(first.get(11)).hasSize(2); // two runs of positive buckets
      assertThat(first.get(14)).containsExactly(1L); // reset
      assertThat(series.get(1).rows().getFirst().histogram().get(1)).containsExactly(0L);
      assertThat(series.get(2).rows().getFirst().histogram()).containsKey(16);
    }
  }

  @Test
  void native_histograms_and_exemplars_stay_here_where_they_are_not_asked_for()
      throws InterruptedException {
    try (var out = start(to());
        var writer = out.sink().writer()) {
      writer.histogram(writer.series(labels("h")), NOW, histogram(CounterReset.UNKNOWN));
      long series = writer.series(labels("x"));
      writer.sample(series, NOW, 1);
      writer.exemplar(series, new Exemplar(Labels.of("trace_id", "t"), 1, NOW));
      writer.commit();

      var message = receiver.take().message();
      assertThat(message.series).singleElement().matches(each -> each.exemplars().isEmpty());
      send(out, labels("x"), NOW + 1, 1);
      receiver.take();
      assertThat(out.stats().dropped()).containsEntry("native_histogram_not_sent", 1L);
    }
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void exemplars_go_with_their_sample(WriteVersion version) throws InterruptedException {
    try (var out = start(to(version));
        var writer = out.sink().writer()) {
      long series = writer.series(labels("x_bucket", "le", "1"));
      writer.sample(series, NOW, 1);
      Labels trace = Labels.of("trace_id", "abc", "span_id", "déf");
      writer.exemplar(series, new Exemplar(trace, 0.5, NOW - 3));
      writer.commit();

      assertThat(receiver.take().message().series.getFirst().exemplars())
          .containsExactly(new Decoded.Example(trace.toMap(), 0.5, NOW - 3));
    }
  }

  @Test
  void metadata_go_with_each_series_of_a_family_in_version_2() throws InterruptedException {
    try (var out = start(to2());
        var writer = out.sink().writer()) {
      tell(writer);
      for (String name : List.of("h_bucket", "h_sum", "h_count", "c_total", "plain")) {
        writer.sample(writer.series(labels(name)), NOW, 1);
      }
      writer.commit();

      assertThat(receiver.take().message().series)
          .extracting(Decoded.Series::metadata)
          .containsExactly(
              "3 How long.|seconds",
              "3 How long.|seconds",
              "3 How long.|seconds",
              "1 How many.|",
              "");
    }
  }

  @Test
  void metadata_go_beside_version_1_now_and_then() throws InterruptedException {
    try (var out = start(to());
        var writer = out.sink().writer()) {
      tell(writer);
      writer.commit();
      clock.awaitSleepers(1);
      clock.advance(Duration.ofMinutes(1).toMillis());

      assertThat(receiver.take().message().metadata)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("h", "3 How long.|seconds", "c", "1 How many.|"));
    }
  }

  private static void tell(MetricWriter writer) {
    writer.metadata("h", new MetricMetadata(MetricMetadata.Type.HISTOGRAM, "How long.", "seconds"));
    writer.metadata("c", new MetricMetadata(MetricMetadata.Type.COUNTER, "How many.", ""));
  }

  @ParameterizedTest
  @EnumSource(WriteVersion.class)
  void thousands_of_series_go_in_requests_of_bounded_size(WriteVersion version)
      throws InterruptedException {
    try (var out = start(to(version));
        var writer = out.sink().writer()) {
      for (int i = 0; i < 5000; i++) {
        writer.sample(writer.series(labels("x", "i", "" + i)), NOW, i);
      }
      writer.commit();

      int sum = 0;
      for (int request = 0; request < 3; request++) {
        int size = receiver.take().message().series.size();
        assertThat(size).isLessThanOrEqualTo(2000);
        sum += size;
      }
      assertThat(sum).isEqualTo(5000);
    }
  }

  @Test
  void scrapes_wait_for_each_other_up_to_the_deadline() throws InterruptedException {
    var patient = to2().with(queue(2000, 1, Duration.ofSeconds(5), false));
    try (var out = start(patient)) {
      send(out, labels("a"), NOW, 1);
      clock.awaitSleepers(2); // the deadline, and metadata
      send(out, labels("b"), NOW, 1);
      assertThat(receiver.isQuiet()).isTrue();

      clock.advance(5000);

      assertThat(receiver.take().message().series)
          .extracting(Decoded.Series::name)
          .containsSubsequence("a");
    }
  }

  @Test
  void external_labels_and_relabelling_are_applied_before() throws InterruptedException {
    var rules =
        io.oriel.wire.relabel.Relabeling.read(
            yaml("rules: [{action: drop, source_labels: [__name__], regex: noise.*}, {action: labeldrop, regex: tmp}]")
                .maps("rules"),
            io.oriel.wire.relabel.NameScheme.UTF8);
    var destination = to().with(rules, Map.of("site", "here", "job", "not this one"));
    try (var out = start(destination);
        var writer = out.sink().writer()) {
      writer.sample(writer.series(labels("noise_total")), NOW, 1);
      writer.sample(writer.series(labels("up", "job", "x", "tmp", "1")), NOW, 1);
      assertThat(writer.commit().kept()).isEqualTo(2);

      assertThat(receiver.take().message().series)
          .extracting(Decoded.Series::labels)
          .containsExactly(Map.of("__name__", "up", "job", "x", "site", "here"));
    }
  }

  private static io.oriel.wire.yaml.YamlMap yaml(String text) {
    return io.oriel.wire.yaml.YamlFile.parse(
        text, "p.yml", io.oriel.model.limit.Limits.NORMAL, new io.oriel.wire.yaml.Problems());
  }
}
