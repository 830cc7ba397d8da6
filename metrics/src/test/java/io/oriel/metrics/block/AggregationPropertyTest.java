package io.oriel.metrics.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AggregationPropertyTest {
  private static final long FINE = 300_000;
  private static final long COARSE = 3_600_000;

  /** Whole numbers, so that sums are exact in any order. */
  private static SampleColumns samples(long seed) {
    var random = new Random(seed);
    var samples = new SampleColumns();
    long time = random.nextInt(10_000_000);
    int kind = random.nextInt(3);
    double value = 0;
    int count = random.nextInt(2000);
    for (int i = 0; i < count; i++) {
      time += 1 + random.nextInt(random.nextInt(40) == 0 ? 2_000_000 : 30_000);
      value = kind == 0 ? random.nextInt(100) : value + random.nextInt(9);
      if (random.nextInt(50) == 0) value = 0;
      boolean isMarker = random.nextInt(30) == 0;
      samples.add(time, isMarker ? Stale.MARKER : value);
    }
    return samples;
  }

  @Property(tries = 300)
  void what_is_made_in_two_steps_equals_what_is_made_in_one(@ForAll long seed) {
    SampleColumns samples = samples(seed);
    var fine = new AggregateRows();
    var inTwo = new AggregateRows();
    var inOne = new AggregateRows();

    Aggregation.ofSamples(samples, FINE, fine);
    Aggregation.ofRows(fine, COARSE, inTwo);
    Aggregation.ofSamples(samples, COARSE, inOne);

    assertSame(inTwo, inOne);
  }

  @Property(tries = 300)
  void what_was_written_is_read_back(@ForAll long seed) {
    var rows = new AggregateRows();
    Aggregation.ofSamples(samples(seed), FINE, rows);
    if (rows.size() == 0) return;
    var out = new ColumnWriter();
    new AggregateChunk().encode(rows, 0, rows.size(), out);
    byte[] padded = Arrays.copyOf(out.bytes, out.size + ColumnReader.SLACK);

    var read = new AggregateRows();
    read.ensure(rows.size());
    read.lasts.size = rows.size();
    System.arraycopy(rows.lasts.times, 0, read.lasts.times, 0, rows.size());
    AggregateChunk.decode(
        new ColumnReader().at(MemorySegment.ofArray(padded), 0),
        rows.size(),
        EnumSet.allOf(AggregateRows.Column.class),
        read,
        0);

    if (3 * sum(rows.falls, rows.size()) >= sum(rows.counts, rows.size())) {
      Arrays.fill(rows.falls, 0); // no counter
      Arrays.fill(rows.lost, 0);
    }
    assertSame(read, rows);
  }

  private static long sum(long[] column, int size) {
    return Arrays.stream(column, 0, size).sum();
  }

  private static void assertSame(AggregateRows found, AggregateRows expected) {
    int size = expected.size();
    assertThat(found.size()).isEqualTo(size);
    assertThat(Arrays.copyOf(found.lasts.times, size))
        .isEqualTo(Arrays.copyOf(expected.lasts.times, size));
    assertThat(Arrays.copyOf(found.spans, size)).isEqualTo(Arrays.copyOf(expected.spans, size));
    assertThat(Arrays.copyOf(found.counts, size)).isEqualTo(Arrays.copyOf(expected.counts, size));
    assertThat(Arrays.copyOf(found.falls, size)).isEqualTo(Arrays.copyOf(expected.falls, size));
    assertThat(bits(found.lost, size)).isEqualTo(bits(expected.lost, size));
    assertThat(bits(found.sums, size)).isEqualTo(bits(expected.sums, size));
    assertThat(bits(found.least, size)).isEqualTo(bits(expected.least, size));
    assertThat(bits(found.largest, size)).isEqualTo(bits(expected.largest, size));
    assertThat(bits(found.firsts, size)).isEqualTo(bits(expected.firsts, size));
    assertThat(bits(found.lasts.values, size)).isEqualTo(bits(expected.lasts.values, size));
  }

  private static long[] bits(double[] values, int size) {
    return Arrays.stream(values, 0, size).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
