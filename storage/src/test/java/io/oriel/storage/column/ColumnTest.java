package io.oriel.storage.column;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes that docs/formats/column.md draws, and what encodings promise of size and garbage. */
class ColumnTest {
  private static final int COUNT = 240; // one hour at 15 s

  @Test
  void a_regular_time_column_takes_five_bytes_whatever_its_length() {
    assertThat(deltas(0, 15_000, 30_000, 45_000)).isEqualTo("11 00 b0 ea 01");
    assertThat(deltas(LongRange.of(0, 15_000, 1000))).isEqualTo("11 00 b0 ea 01");
  }

  @Test
  void a_missed_scrape_is_one_patch() {
    assertThat(deltas(0, 10, 20, 30, 50, 60, 70, 80, 90, 100)).isEqualTo("15 00 14 01 03 0a");
  }

  @Test
  void what_is_left_is_packed_from_the_smallest_value() {
    assertThat(deltas(7, 5, 6, 5, 8, 5, 6, 7)).isEqualTo("00 02 0a 12 93");
  }

  @Test
  void low_bits_that_are_always_zero_are_not_packed() {
    assertThat(deltas(0x5000, 0x1000, 0x7000, 0x2000, 0x5000, 0x0000))
        .isEqualTo("08 03 0c 00 cd 55 00");
  }

  @Test
  void decimals_are_whole_numbers_with_one_exponent() {
    assertThat(doubles(21.5, 21.7, 21.5, 21.6, 21.8)).isEqualTo("01 01 00 02 ae 03 48 03");
  }

  @Test
  void what_is_no_decimal_is_kept_raw_beside_the_rest() {
    double stale = Double.longBitsToDouble(0x7ff0000000000002L);

    assertThat(doubles(1, 2, 3, 4, 5, 6, 7, stale))
        .isEqualTo("01 80 01 07 02 00 00 00 00 00 f0 7f 01 01 02 00 3f");
  }

  @Test
  void a_constant_is_one_value() {
    assertThat(doubles(0, 0, 0)).isEqualTo("00 00");
    assertThat(doubles(1, 1)).isEqualTo("00 fc 1f");
  }

  @Test
  void doubles_without_a_pattern_are_raw_or_their_difference_in_bits() {
    assertThat(doubles(1 / 3.0, 1 / 3.0, Math.PI, 1 / 3.0))
        .isEqualTo(
            "02 55 55 55 55 55 55 d5 3f 0e 7e 13 5e 44 80 2b 1d f7 bf 26 bc 88 00 57 3a ee 3f");
  }

  @Test
  void a_counter_of_a_steady_rate_takes_a_bit_or_two_a_sample() {
    assertThat(bytesASample(i -> 1_000_000 + 150.0 * i)).isLessThan(0.05);
    assertThat(bytesASample(i -> 1_000_000 + 150.0 * i + (i % 3))).isLessThan(0.5);
  }

  @Test
  void a_gauge_of_two_decimals_takes_about_a_byte_a_sample() {
    var random = new Random(1);
    double[] at = {50};

    assertThat(bytesASample(i -> Math.round((at[0] += random.nextGaussian() * 0.3) * 100) / 100.0))
        .isLessThan(1.1);
  }

  @Test
  void decoding_allocates_nothing() {
    var random = new Random(1);
    double[] gauge = values(i -> Math.round(random.nextDouble() * 10_000) / 100.0);
    double[] odd = values(i -> random.nextInt(4) == 0 ? 1 : random.nextDouble());
    var out = new ColumnWriter();
    new DoubleColumn().encode(gauge, 0, COUNT, out);
    int second = out.size;
    new DoubleColumn().encode(odd, 0, COUNT, out);
    var segment = MemorySegment.ofArray(Arrays.copyOf(out.bytes, out.size + ColumnReader.SLACK));
    var in = new ColumnReader();
    double[] back = new double[COUNT];
    for (int i = 0; i < 20_000; i++) decodeBoth(in, segment, second, back);

    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) decodeBoth(in, segment, second, back);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000); // of 20,000
    assertThat(back).isEqualTo(odd);
  }

  private static void decodeBoth(ColumnReader in, MemorySegment segment, int second, double[] to) {
    DoubleColumn.decode(in.at(segment, 0), COUNT, to, 0);
    DoubleColumn.decode(in.at(segment, second), COUNT, to, 0);
  }

  private static double bytesASample(IntToDoubleFunction of) {
    var out = new ColumnWriter();
    new DoubleColumn().encode(values(of), 0, COUNT, out);
    return (double) out.size / COUNT;
  }

  private static double[] values(IntToDoubleFunction of) {
    return IntStream.range(0, COUNT).mapToDouble(of).toArray();
  }

  private static String deltas(long... values) {
    var out = new ColumnWriter();
    new Deltas().encode(values, 0, values.length, out);
    return hex(out);
  }

  private static String doubles(double... values) {
    var out = new ColumnWriter();
    new DoubleColumn().encode(values, 0, values.length, out);
    return hex(out);
  }

  private static String hex(ColumnWriter out) {
    return HexFormat.ofDelimiter(" ").formatHex(out.bytes, 0, out.size);
  }

  private static final class LongRange {
    static long[] of(long first, long step, int count) {
      return IntStream.range(0, count).mapToLong(i -> first + i * step).toArray();
    }
  }
}
