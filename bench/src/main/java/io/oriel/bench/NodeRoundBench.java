package io.oriel.bench;

import io.oriel.collect.Readings;
import io.oriel.collect.node.NodeCollector;
import io.oriel.model.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a round of the node collector costs on the machine it runs on: nearly all of it is the
 * kernel's, so figures of two machines can't be compared. Bytes a round: {@code -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NodeRoundBench {
  private final Readings readings = new Readings();

  @SuppressWarnings("NullAway.Init") // by open()
  private NodeCollector collector;

  @Setup(Level.Trial)
  public void open() {
    collector = new NodeCollector(Clock.system());
  }

  @Benchmark
  public int round() {
    readings.begin();
    collector.collect(readings);
    return readings.size();
  }

  @TearDown(Level.Trial)
  public void close() {
    collector.close();
  }
}
