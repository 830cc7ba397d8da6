package io.oriel.metrics.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.block.AggregateRows.Column;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AggregatesTest {
  private static final long FIVE_MINUTES = 300_000;

  private static SampleColumns samples(double... values) {
    var samples = new SampleColumns();
    for (int i = 0; i < values.length; i++) samples.add((i + 1) * 100_000L, values[i]);
    return samples;
  }

  private static AggregateRows rows(SampleColumns of) {
    var rows = new AggregateRows();
    Aggregation.ofSamples(of, FIVE_MINUTES, rows);
    return rows;
  }

  private static byte[] encoded(AggregateRows rows) {
    var out = new ColumnWriter();
    new AggregateChunk().encode(rows, 0, rows.size(), out);
    return Arrays.copyOf(out.bytes, out.size);
  }

  private static AggregateRows decoded(byte[] bytes, int count, Set<Column> wanted) {
    var rows = new AggregateRows();
    rows.ensure(count);
    rows.lasts.size = count;
    byte[] padded = Arrays.copyOf(bytes, bytes.length + ColumnReader.SLACK);
    AggregateChunk.decode(
        new ColumnReader().at(MemorySegment.ofArray(padded), 0), count, wanted, rows, 0);
    return rows;
  }

  @Test
  void a_chunk_of_aggregates_is_what_the_format_page_draws() {
    byte[] bytes = encoded(rows(samples(1, 2, 3, 4, 2, 6)));

    assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes))
        .isEqualTo(
            "12 " // aggregates
                + "04 02 05 05 00 05 05 03 05 " // bytes of each column; the largest is the last
                + "10 80 b5 18 " // spans: 200000 twice
                + "10 06 " // counts: 3 twice
                + "01 00 11 0c 0c " // sums: 6, 12
                + "01 00 11 02 02 " // least: 1, 2
                + "01 00 11 02 06 " // first: 1, 4
                + "01 00 11 06 06 " // last: 3, 6
                + "11 00 02 " // falls: 0, 1
                + "01 00 11 00 08"); // lost: 0, 4
  }

  @Test
  void a_stretch_is_open_on_the_left_and_closed_on_the_right() {
    AggregateRows rows = rows(samples(1, 2, 30, 4, 5, 6, 7));

    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.lasts.times).startsWith(300_000, 600_000, 700_000);
    assertThat(rows.counts).startsWith(3, 3, 1);
    assertThat(rows.sums).startsWith(33, 15, 7);
    assertThat(rows.largest).startsWith(30, 6, 7);
    assertThat(rows.least).startsWith(1, 4, 7);
    assertThat(rows.spans).startsWith(200_000, 200_000, 0);
  }

  @Test
  void falls_are_counted_with_what_was_lost() {
    AggregateRows rows = rows(samples(10, 4, 3));

    assertThat(rows.falls[0]).isEqualTo(2);
    assertThat(rows.lost[0]).isEqualTo(14);
  }

  @Test
  void a_marker_that_ends_a_stretch_has_a_row_and_one_within_has_none() {
    AggregateRows rows = rows(samples(Stale.MARKER, 2, Stale.MARKER, 4, Stale.MARKER, 5));

    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.counts).startsWith(1, 0, 2);
    assertThat(rows.lasts.times).startsWith(200_000, 300_000, 600_000);
    assertThat(Stale.isMarker(rows.lasts.values[1])).isTrue();
  }

  @Test
  void nothing_is_no_number_only_where_there_is_nothing_else() {
    AggregateRows rows = rows(samples(Double.NaN, 3, Double.NaN, Double.NaN));

    assertThat(rows.least).startsWith(3, Double.NaN);
    assertThat(rows.largest).startsWith(3, Double.NaN);
    assertThat(rows.sums[0]).isNaN();
  }

  @Test
  void columns_that_nobody_wants_are_passed_over() {
    AggregateRows rows = rows(samples(1.5, 0.5, 3, 4, 2, 6));

    AggregateRows read = decoded(encoded(rows), 2, EnumSet.of(Column.LARGEST));

    assertThat(read.largest).startsWith(3, 6);
    assertThat(read.sums).startsWith(0, 0);
  }

  @Test
  void what_a_counter_does_not_say_anew_is_not_written() {
    var samples = new SampleColumns();
    for (int i = 0; i < 20 * 480; i++) samples.add((i + 1) * 15_000L, i * 3);

    AggregateRows rows = rows(samples);

    assertThat(encoded(rows)).hasSizeLessThan(100); // of 480 rows
  }
}
