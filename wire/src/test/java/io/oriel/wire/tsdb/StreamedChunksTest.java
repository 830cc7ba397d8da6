package io.oriel.wire.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.remoteread.ChunkStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What remote read streams, read by what reads Prometheus' own blocks. */
class StreamedChunksTest {
  private static final int XOR = 1;
  private static final int FLOAT_HISTOGRAM = 3;

  private final List<Integer> encodings = new ArrayList<>();

  @Test
  void histograms_come_back_as_they_were() throws Exception {
    var samples = new SampleColumns();
    samples.add(-5, exponential(3, 0.001, 7, 1.5, CounterReset.UNKNOWN, 4, 5, 9));
    samples.add(10_000, exponential(3, 0.001, 8, 2.5, CounterReset.NOT_RESET, 4, 6, 9, 200));
    samples.add(25_001, exponential(3, 0.001, 8, Math.PI, CounterReset.NOT_RESET, 4, 9));

    assertThatReadBack(samples);
    assertThat(encodings).containsExactly(FLOAT_HISTOGRAM);
  }

  @Test
  void another_layout_a_reset_a_gauge_and_a_float_begin_a_chunk() throws Exception {
    var samples = new SampleColumns();
    samples.add(1, exponential(3, 0.5, 7, 1, CounterReset.UNKNOWN, 1));
    samples.add(2, exponential(2, 0.5, 7, 1, CounterReset.NOT_RESET, 1));
    samples.add(3, exponential(2, 0.3, 7, 1, CounterReset.NOT_RESET, 1));
    samples.add(4, exponential(2, 0.3, 1, 1, CounterReset.RESET, 1));
    samples.add(5, 42);
    samples.add(6, 43);
    samples.add(7, exponential(2, 0.3, 1, 1, CounterReset.GAUGE, 1));
    samples.add(8, exponential(2, 0.3, 0, 1, CounterReset.GAUGE, -1));
    samples.add(9, custom(0.25, 1, 1e-9, 5e12));

    assertThatReadBack(samples);
    assertThat(encodings).containsExactly(3, 3, 3, 3, XOR, 3, 3);
  }

  @Test
  void markers_of_staleness_come_back() throws Exception {
    var samples = new SampleColumns();
    Histogram told = exponential(0, 0, 3, 1, CounterReset.UNKNOWN, 1, 2);
    Histogram marker =
        new Histogram(
            0,
            0,
            Stale.MARKER,
            0,
            0,
            Buckets.NONE,
            Buckets.NONE,
            new double[0],
            CounterReset.UNKNOWN);
    samples.add(1, marker);
    samples.add(2, told);
    samples.add(3, marker);
    samples.add(4, told);

    SampleColumns read = read(samples);

    assertThat(read.size).isEqualTo(4);
    assertThat(Stale.isMarker(histogram(read, 0).sum())).isTrue();
    assertThat(Stale.isMarker(histogram(read, 2).sum())).isTrue();
    assertThat(histogram(read, 3)).isEqualTo(told);
  }

  @Test
  void any_histograms_come_back_by_seed() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var samples = new SampleColumns();
      long time = random.nextLong(2_000_000_000_000L);
      for (int i = random.nextInt(1, 300); i > 0; i--) {
        time += random.nextBoolean() ? 15_000 : 1 + random.nextLong(1L << random.nextInt(1, 40));
        if (random.nextInt(50) == 0) samples.add(time, random.nextDouble());
        else samples.add(time, any(random));
      }

      assertThatReadBack(samples);
    }
  }

  private static Histogram any(Random random) {
    CounterReset reset = random.nextInt(20) == 0 ? CounterReset.UNKNOWN : CounterReset.NOT_RESET;
    int[] indexes = random.ints(random.nextInt(20), -300, 300).distinct().sorted().toArray();
    double zero = random.nextInt(40) == 0 ? random.nextDouble() : 0x1p-128;
    return exponential(4, zero, random.nextInt(9), random.nextGaussian(), reset, indexes);
  }

  private static Histogram exponential(
      int schema, double zero, double zeros, double sum, CounterReset reset, int... indexes) {
    double[] counts = Arrays.stream(indexes).mapToDouble(i -> Math.abs(i) + 0.5).toArray();
    var side = new Buckets(indexes, counts);
    var below = new Buckets(new int[] {-2, 7}, new double[] {3, 1});
    double count = side.total() + below.total() + zeros;
    return new Histogram(schema, count, sum, zero, zeros, side, below, new double[0], reset);
  }

  private static Histogram custom(double... bounds) {
    var side = new Buckets(new int[] {0, 4}, new double[] {1, 2});
    return new Histogram(
        Histogram.CUSTOM, 3, 9, 0, 0, side, Buckets.NONE, bounds, CounterReset.UNKNOWN);
  }

  private void assertThatReadBack(SampleColumns samples) throws IOException, Malformed {
    SampleColumns read = read(samples);

    assertThat(read.size).isEqualTo(samples.size);
    for (int i = 0; i < samples.size; i++) {
      assertThat(read.times[i]).isEqualTo(samples.times[i]);
      assertThat(read.histogram(i)).isEqualTo(samples.histogram(i));
      if (samples.histogram(i) == null) assertThat(read.values[i]).isEqualTo(samples.values[i]);
    }
  }

  private static Histogram histogram(SampleColumns samples, int at) {
    Histogram histogram = samples.histogram(at);
    if (histogram == null) throw new AssertionError("sample " + at + " is a float");
    return histogram;
  }

  private SampleColumns read(SampleColumns samples) throws IOException, Malformed {
    var out = new ByteArrayOutputStream();
    new ChunkStream(out, 1 << 20).series(0, Labels.of("__name__", "h"), samples);
    byte[] stream = out.toByteArray();
    var read = new SampleColumns();
    encodings.clear();
    var in = new Fields("no stream of frames").over(stream, 0, stream.length);
    while (in.at < stream.length) {
      int length = (int) in.varint();
      int from = in.at + 4; // behind the checksum
      eachOf(
          stream,
          from,
          from + length,
          1,
          (a, b) -> // the series of a frame
          eachOf(stream, a, b, 2, (c, d) -> chunk(stream, c, d, read)));
      in.over(stream, from + length, stream.length);
    }
    return read;
  }

  private interface Piece {
    void take(int from, int to) throws Malformed;
  }

  private static void eachOf(byte[] bytes, int from, int to, int field, Piece piece)
      throws Malformed {
    var in = new Fields("no message").over(bytes, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag != Fields.tag(field, Fields.BYTES)) {
        in.skip(tag);
        continue;
      }
      int end = in.lengthOf();
      piece.take(in.at, end);
      in.at = end;
    }
  }

  private void chunk(byte[] bytes, int from, int to, SampleColumns read) throws Malformed {
    var in = new Fields("no chunk").over(bytes, from, to);
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == Fields.tag(3, Fields.VARINT)) encodings.add((int) in.varint());
      else in.skip(tag);
    }
    boolean isFloats = encodings.getLast() == XOR;
    eachOf(
        bytes,
        from,
        to,
        4,
        (a, b) -> {
          byte[] data = Arrays.copyOfRange(bytes, a, b);
          boolean whole =
              isFloats ? XorSamples.read(data, read) : HistogramSamples.read(data, true, read);
          assertThat(whole).isTrue();
        });
  }
}
