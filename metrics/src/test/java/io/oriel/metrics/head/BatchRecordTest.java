package io.oriel.metrics.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes that docs/formats/metric-wal.md draws. */
class BatchRecordTest {
  private final BatchRecord record = new BatchRecord();

  @Test
  void a_record_is_what_the_format_page_draws() {
    record.clear();
    record.series(9, Labels.of("__name__", "up", "job", "up"));
    record.sample(9, 1000, Double.doubleToRawLongBits(1));
    record.sample(1, 1000, Double.doubleToRawLongBits(0.1));
    record.metadata("up", new MetricMetadata(MetricMetadata.Type.GAUGE, "Up?", ""));

    ByteBuffer bytes = record.finish();

    assertThat(hex(bytes))
        .isEqualTo(
            "01 "
                + "01 12 02 00 08 5f 5f 6e 61 6d 65 5f 5f 00 02 75 70 00 03 6a 6f 62 02 "
                + "01 02 00 05 67 61 75 67 65 00 03 55 70 3f 00 00 "
                + "02 12 0f 00 d0 0f fc 1f fc bb e6 cc 99 b3 e6 cc 59");
    assertThat(read(bytes))
        .containsExactly("9 up{job=\"up\"}", "up GAUGE Up?", "9 1000 1.0", "1 1000 0.1");
  }

  @Test
  void times_that_differ_are_a_column() {
    record.clear();
    record.sample(1, 5, 0);
    record.sample(2, 7, 0);

    assertThat(hex(record.finish())).isEqualTo("01 00 00 02 02 02 01 0a 04 00 00");
    assertThat(read(record.finish())).containsExactly("1 5 0.0", "2 7 0.0");
  }

  @Test
  void histograms_start_times_and_exemplars_make_a_record_of_version_2() {
    var histogram =
        new Histogram(
            3,
            3,
            0.5,
            0,
            0,
            Buckets.from(1, 1, 2),
            Buckets.NONE,
            new double[0],
            CounterReset.NOT_RESET);
    record.clear();
    record.sample(1, 5, 0);
    record.histogram(2, 7, histogram);
    record.startOfLast(4);
    record.exemplar(2, new Exemplar(Labels.of("id", "x"), 1, 6));

    assertThat(hex(record.finish()))
        .isEqualTo(
            "02 00 00 " // no series, no metadata
                + "02 02 02 01 0a 04 " // two samples: ids, times
                + "02 01 01 01 02 08 " // one float, one histogram; the second has a start time
                + "00 " // the float
                + "09 06 00 00 02 02 02 00 " // whole, not reset; schema, threshold, indexes
                + "0c 01 00 00 00 00 00 00 e0 3f 00 04 08 " // count, sum, zero count, buckets
                + "01 04 0c fc 1f 01 02 69 64 01 78"); // the exemplar
    assertThat(read(record.finish()))
        .containsExactly("1 5 0.0", "2 7 " + histogram + " since 4", "2 # " + exemplarText());
  }

  private static String exemplarText() {
    return new Exemplar(Labels.of("id", "x"), 1, 6).toString();
  }

  @Test
  void out_of_order_samples_are_a_record_of_version_3() {
    record.clear();
    record.outOfOrder();
    record.sample(1, 5, 0);
    record.sample(1, 7, 0);
    record.startOfLast(4);

    assertThat(hex(record.finish()))
        .isEqualTo(
            "03 00 00 " // no series, no metadata
                + "02 02 00 01 0a 04 " // two samples: ids, times
                + "01 02 01 02 08 " // both floats; the second has a start time
                + "00 00 " // the floats
                + "00"); // no exemplars
    assertThat(read(record.finish())).containsExactly("late 1 5 0.0", "late 1 7 0.0 since 4");
  }

  @Test
  void exemplars_alone_are_a_record_too() {
    record.clear();
    record.exemplar(3, new Exemplar(Labels.EMPTY, 0.5, -1));

    assertThat(read(record.finish())).containsExactly("3 # " + new Exemplar(Labels.EMPTY, 0.5, -1));
  }

  @Test
  void a_count_beyond_the_bytes_of_the_record_is_refused_before_room_is_made_for_it() {
    byte[] ofTwoGigabytes = {1, 1, 18, 1, 0, -1, -1, -1, -1, 7, 'x', 0, 0, 0, 0, 0, 0};

    assertThatThrownBy(() -> read(ByteBuffer.wrap(ofTwoGigabytes)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("2147483647 things in the 7 bytes behind 10");
  }

  private static List<String> read(ByteBuffer bytes) {
    var seen = new ArrayList<String>();
    BatchRecord.read(
        bytes,
        new BatchRecord.Visitor() {
          @Override
          public void series(int id, Labels labels) {
            seen.add(id + " " + labels);
          }

          @Override
          public void sample(
              int id, long timeMs, long valueBits, @Nullable Histogram histogram, long startMs) {
            Object value =
                histogram == null ? (Object) Double.longBitsToDouble(valueBits) : histogram;
            String since = startMs == SampleColumns.NO_START ? "" : " since " + startMs;
            seen.add(id + " " + timeMs + " " + value + since);
          }

          @Override
          public void lateSample(
              int id, long timeMs, long valueBits, @Nullable Histogram histogram, long startMs) {
            sample(id, timeMs, valueBits, histogram, startMs);
            seen.addLast("late " + seen.removeLast());
          }

          @Override
          public void exemplar(int id, Exemplar exemplar) {
            seen.add(id + " # " + exemplar);
          }

          @Override
          public void metadata(String metric, MetricMetadata said) {
            seen.add(metric + " " + said.type() + " " + said.help());
          }
        });
    return seen;
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.ofDelimiter(" ").formatHex(copy);
  }
}
