package io.oriel.wire.remoteread;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.SampleColumns;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class XorChunkPropertyTest {
  record Point(long interval, long bits) {}

  @Property(tries = 500)
  void what_was_encoded_is_read_back_bit_for_bit(
      @ForAll("starts") long start, @ForAll("points") List<Point> points) {
    var samples = new SampleColumns();
    long time = start;
    for (Point point : points) {
      samples.add(time, Double.longBitsToDouble(point.bits()));
      time += point.interval();
    }
    var chunk = new XorChunk();

    chunk.encode(samples.times, samples.values, 0, samples.size);
    SampleColumns read = XorReader.read(Arrays.copyOf(chunk.bytes(), chunk.size()));

    assertThat(read.size).isEqualTo(samples.size);
    for (int i = 0; i < samples.size; i++) {
      assertThat(read.times[i]).isEqualTo(samples.times[i]);
      assertThat(Double.doubleToRawLongBits(read.values[i])).isEqualTo(points.get(i).bits());
    }
  }

  @Provide
  Arbitrary<Long> starts() {
    return Arbitraries.longs().between(-2_000_000_000_000L, 2_000_000_000_000L);
  }

  @Provide
  Arbitrary<List<Point>> points() {
    Arbitrary<Long> intervals =
        Arbitraries.oneOf(
            Arbitraries.just(15_000L),
            Arbitraries.longs().between(1, 100_000),
            Arbitraries.longs().between(1, 1L << 40));
    Arbitrary<Long> bits =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 100).map(Double::doubleToRawLongBits),
            Arbitraries.integers().between(0, 5).map(i -> Double.doubleToRawLongBits(i)),
            Arbitraries.longs());
    return Combinators.combine(intervals, bits)
        .as(Point::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(XorChunk.MOST_SAMPLES);
  }
}
