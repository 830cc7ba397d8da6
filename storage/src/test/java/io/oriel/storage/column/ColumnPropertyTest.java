package io.oriel.storage.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ColumnPropertyTest {
  private final ColumnWriter out = new ColumnWriter();
  private final ColumnReader in = new ColumnReader();

  @Property
  void whole_numbers_come_back(@ForAll @Size(min = 1, max = 300) long[] values) {
    assertComesBack(values);
  }

  @Property
  void numbers_near_a_line_come_back(
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll long first,
      @ForAll long step,
      @ForAll @IntRange(min = 0, max = 64) int noiseBits,
      @ForAll @IntRange(min = 0, max = 20) int shift,
      @ForAll long seed) {
    var random = new Random(seed);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      long noise = noiseBits == 0 ? 0 : random.nextLong() >>> (64 - noiseBits);
      values[i] = first + i * step + (noise << shift);
      if (random.nextInt(50) == 0) values[i] = random.nextLong();
    }

    assertComesBack(values);
  }

  @Property
  void packed_numbers_come_back_in_every_width(
      @ForAll @IntRange(min = 0, max = 64) int bits, @ForAll @Size(max = 200) long[] values) {
    int width = BitPacking.width(bits);
    long[] masked = Arrays.stream(values).map(v -> width == 0 ? 0 : v >>> (64 - width)).toArray();
    out.clear();
    BitPacking.encode(masked, 0, masked.length, width, out);

    long[] back = new long[masked.length];
    BitPacking.decode(segment(), 0, width, back.length, back, 0);

    assertThat(out.size).isEqualTo(BitPacking.bytes(width, values.length));
    assertThat(back).isEqualTo(masked);
  }

  @Property
  void doubles_come_back_bit_for_bit(@ForAll @Size(min = 1, max = 300) long[] bits) {
    assertComesBack(Arrays.stream(bits).mapToDouble(Double::longBitsToDouble).toArray());
  }

  @Property(tries = 1000)
  void doubles_as_metrics_have_them_come_back_bit_for_bit(@ForAll("likely") double[] values) {
    assertComesBack(values);
  }

  @Property
  void variable_length_numbers_come_back(@ForAll long value) {
    out.clear();
    out.putVarint(value);
    out.putSigned(value);

    assertThat(out.size)
        .isEqualTo(ColumnWriter.varintBytes(value) + ColumnWriter.signedBytes(value));
    in.at(segment(), 0);
    assertThat(in.readVarint()).isEqualTo(value);
    assertThat(in.readSigned()).isEqualTo(value);
  }

  @Property
  void damaged_bytes_end_in_an_index_exception_or_in_other_values(
      @ForAll("likely") double[] values, @ForAll long seed) {
    var encoder = new DoubleColumn();
    out.clear();
    encoder.encode(values, 0, values.length, out);
    var random = new Random(seed);
    byte[] damaged = Arrays.copyOf(out.bytes, out.size + ColumnReader.SLACK);
    damaged[random.nextInt(out.size)] ^= (byte) (1 << random.nextInt(8));

    try {
      DoubleColumn.decode(
          in.at(MemorySegment.ofArray(damaged), 0), values.length, new double[values.length], 0);
    } catch (IndexOutOfBoundsException expected) {
      assertThat(expected).isNotNull(); // the caller reports the block as damaged
    }
  }

  @Provide
  Arbitrary<double[]> likely() {
    Arbitrary<Double> decimals = Arbitraries.longs().between(-100_000, 100_000).map(n -> n / 100.0);
    Arbitrary<Double> whole = Arbitraries.longs().between(0, 1L << 55).map(n -> (double) n);
    Arbitrary<Double> odd =
        Arbitraries.of(
            Double.NaN,
            Double.longBitsToDouble(0x7ff0000000000002L),
            Double.longBitsToDouble(0xfff8000000001234L),
            -0.0,
            0.0,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            1 / 3.0);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, decimals),
            net.jqwik.api.Tuple.of(3, whole),
            net.jqwik.api.Tuple.of(1, odd))
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  private void assertComesBack(long[] values) {
    out.clear();
    var deltas = new Deltas();
    deltas.encode(values, 0, values.length, out);
    long[] back = new long[values.length];

    Deltas.decode(in.at(segment(), 0), back.length, back, 0);

    assertThat(back).isEqualTo(values);
    assertThat(in.position()).isEqualTo(out.size);
    assertThat(out.size)
        .isLessThanOrEqualTo(deltas.cost(values, 0, values.length) + values.length / 128);
  }

  private void assertComesBack(double[] values) {
    out.clear();
    new DoubleColumn().encode(values, 0, values.length, out);
    double[] back = new double[values.length];

    DoubleColumn.decode(in.at(segment(), 0), back.length, back, 0);

    assertThat(bits(back)).isEqualTo(bits(values));
    assertThat(in.position()).isEqualTo(out.size);
    assertThat(out.size).isLessThanOrEqualTo(1 + 8 * values.length + 10);
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private MemorySegment segment() {
    return MemorySegment.ofArray(Arrays.copyOf(out.bytes, out.size + ColumnReader.SLACK));
  }
}
