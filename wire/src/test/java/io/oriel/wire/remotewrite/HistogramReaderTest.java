package io.oriel.wire.remotewrite;

import static io.oriel.wire.remotewrite.Request2.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.protobuf.FieldWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Native histograms as senders write them, right and wrong. */
class HistogramReaderTest {
  private static long zigzag(long n) {
    return (n << 1) ^ (n >> 63);
  }

  private static FieldWriter spans(FieldWriter into, int field, long... offsetsAndLengths) {
    for (int i = 0; i < offsetsAndLengths.length; i += 2) {
      into.message(
          field,
          new FieldWriter()
              .number(1, zigzag(offsetsAndLengths[i]))
              .number(2, offsetsAndLengths[i + 1]));
    }
    return into;
  }

  private static FieldWriter deltas(FieldWriter into, int field, long... deltas) {
    var packed = new FieldWriter();
    for (long delta : deltas) packed.varint(zigzag(delta));
    return into.message(field, packed);
  }

  private static FieldWriter doubles(FieldWriter into, int field, double... values) {
    var packed = new FieldWriter();
    for (double value : values) packed.eightBytes(value);
    return into.message(field, packed);
  }

  private static List<String> heard(FieldWriter histogram) throws Exception {
    var lines =
        Heard.of2(new Request2().series(message(3, histogram), "__name__", "h").bytes()).lines;
    return lines.subList(1, lines.size());
  }

  /** Count 12: two in the zero bucket, 1 2 | 4 above, 3 below. */
  private static FieldWriter whole() {
    var h = new FieldWriter().number(1, 12).eightBytes(3, 18.4).number(4, zigzag(1));
    h.eightBytes(5, 0.001).number(6, 2);
    deltas(spans(h, 8, 0, 1), 9, 3);
    deltas(spans(h, 11, 0, 2, 3, 1), 12, 1, 1, 2);
    return h.number(14, 2).number(15, 1500).number(17, 900);
  }

  @Test
  void integers_are_differences_to_the_bucket_before() throws Exception {
    assertThat(heard(whole()))
        .containsExactly(
            "histogram 1500 {{schema:1 count:12 sum:18.4 z_bucket:2 z_bucket_w:0.001"
                + " counter_reset_hint:not_reset buckets:[1 2 0 0 0 4] n_buckets:[3]}} since 900");
  }

  @Test
  void floats_are_as_they_are() throws Exception {
    var h = new FieldWriter().eightBytes(2, 3.5).eightBytes(3, 1).number(4, 0);
    doubles(spans(h, 11, -1, 2), 13, 1.5, 2);

    assertThat(heard(h))
        .containsExactly("histogram 0 {{count:3.5 sum:1 offset:-1 buckets:[1.5 2]}}");
  }

  @Test
  void bounds_of_its_own() throws Exception {
    var h = new FieldWriter().number(1, 3).eightBytes(3, 7).number(4, zigzag(-53));
    doubles(deltas(spans(h, 11, 0, 3), 12, 1, 0, 0), 16, 1, 5);

    assertThat(heard(h))
        .containsExactly(
            "histogram 0 {{schema:-53 count:3 sum:7 custom_values:[1 5] buckets:[1 1 1]}}");
  }

  @Test
  void a_resolution_finer_than_the_finest_becomes_coarser() throws Exception {
    var h = new FieldWriter().number(1, 4).eightBytes(3, 7).number(4, zigzag(10));
    deltas(spans(h, 11, 1, 4), 12, 1, 0, 0, 0); // indexes 1 to 4 fall into one of schema 8

    assertThat(heard(h))
        .containsExactly("histogram 0 {{schema:8 count:4 sum:7 offset:1 buckets:[4]}}");
  }

  @Test
  void the_end_of_a_series_keeps_its_bits() throws Exception {
    var h = new FieldWriter().number(1, 5).eightBytes(3, Stale.MARKER).number(15, 9);

    var heard = Heard.of2(new Request2().series(message(3, h), "__name__", "h").bytes());

    assertThat(heard.histograms).hasSize(1);
    assertThat(Stale.isMarker(heard.histograms.getFirst().sum())).isTrue();
  }

  @Test
  void observations_that_are_not_a_number_may_be_in_no_bucket() throws Exception {
    var h = new FieldWriter().number(1, 5).eightBytes(3, Double.NaN).number(6, 2);

    assertThat(heard(h)).first().asString().startsWith("histogram 0 {{count:5 sum:NaN");
  }

  @Test
  void nothing_at_all_is_a_histogram_of_nothing() throws Exception {
    var heard =
        Heard.of2(new Request2().series(message(3, new FieldWriter()), "__name__", "h").bytes());

    assertThat(heard.histograms).containsExactly(Histogram.EMPTY);
  }

  @Test
  void wrong_ones_are_told_with_the_reason() throws Exception {
    wrong(whole().number(1, 13), "12 observations found in buckets, but the Count field is 13");
    wrong(whole().number(4, zigzag(53)), "invalid schema");
    wrong(deltas(whole(), 12, -100), "spans need 3 buckets, have 4 buckets");
    wrong(deltas(spans(whole(), 11, 0, 1), 12, -100), "observation count of -96.0");
    wrong(deltas(spans(whole(), 11, -9, 1), 12, 1), "span number 3 with offset -9");
    wrong(spans(whole(), 11, 0, 0xffff_ffffL), "spans need 4294967298 buckets, have 3");
    wrong(doubles(whole(), 16, 1), "exponential schema must not have custom bounds");
    wrong(doubles(new FieldWriter().number(4, zigzag(-53)), 16, 2, 1), "strictly increasing");
    wrong(
        deltas(spans(new FieldWriter(), 11, Integer.MAX_VALUE, 2), 12, 1, 0),
        "beyond every bucket");
  }

  private static void wrong(FieldWriter histogram, String why) throws Exception {
    assertThat(heard(histogram)).hasSize(1);
    assertThat(heard(histogram).getFirst()).startsWith("no histogram: ").contains(why);
  }

  @Test
  void more_buckets_than_allowed_cost_this_histogram_alone() throws Exception {
    var many = new FieldWriter();
    deltas(many, 12, new long[20_000]);

    var lines =
        Heard.of2(
                new Request2()
                    .series(message(3, many).andThen(message(3, whole())), "__name__", "h")
                    .bytes())
            .lines;

    assertThat(lines.get(1)).startsWith("no histogram: ").contains("limits.histogram_buckets");
    assertThat(lines.get(2)).startsWith("histogram 1500");
  }
}
