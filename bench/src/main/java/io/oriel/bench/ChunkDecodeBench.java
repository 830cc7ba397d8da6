package io.oriel.bench;

import io.oriel.metrics.block.ChunkColumns;
import io.oriel.model.SampleColumns;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a sample costs to read out of a sealed chunk, and to encode into one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkDecodeBench {
  private static final int COUNT = 480; // two hours at 15 s

  @Param({"constant", "counter", "gauge", "float"})
  public String values = "gauge";

  private final SampleColumns samples = new SampleColumns(COUNT);
  private final SampleColumns out = new SampleColumns(COUNT);
  private final ChunkColumns chunk = new ChunkColumns();
  private final ColumnWriter encoded = new ColumnWriter(1 << 14);
  private final ColumnReader in = new ColumnReader();
  private MemorySegment bytes = MemorySegment.NULL;

  @Setup(Level.Trial)
  public void encodeOnce() {
    var random = new Random(1);
    double at = 50;
    for (int i = 0; i < COUNT; i++) {
      at =
          switch (values) {
            case "constant" -> 1;
            case "counter" -> at + random.nextInt(200);
            case "gauge" -> Math.round((at + random.nextGaussian() * 0.4) * 100) / 100.0;
            default -> at + random.nextDouble();
          };
      samples.add(i * 15_000L, at);
    }
    encode();
    bytes = Arena.ofAuto().allocate(encoded.size + ColumnReader.SLACK);
    MemorySegment.copy(encoded.bytes, 0, bytes, ValueLayout.JAVA_BYTE, 0, encoded.size);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public SampleColumns decode() {
    out.clear();
    in.at(bytes, 0);
    ChunkColumns.decode(in, in, COUNT, 0, Long.MIN_VALUE, Long.MAX_VALUE, out);
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int encode() {
    encoded.clear();
    chunk.encodeTimes(samples, 0, COUNT, encoded);
    chunk.encodeValues(samples, 0, COUNT, encoded);
    return encoded.size;
  }
}
