package io.oriel.server.self;

import io.oriel.model.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * What Oriel costs on its machine: processor over the last minutes, memory now, samples a second.
 */
public final class Footprint {
  private static final long SPAN_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long APART_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Path MEMORY =
      Path.of("/proc/self/statm"); // in pages; the second is resident
  private static final long PAGE = 4096;

  /** One look: when, the processor time used up to then, the samples taken in up to then. */
  private record Look(long nanos, long cpuNanos, long samples) {}

  /** Averages since a look some minutes ago. */
  public record Rates(double cpuCores, double samplesPerSecond) {}

  private final Clock clock;
  private final LongSupplier samples;
  private final ArrayDeque<Look> looks = new ArrayDeque<>();

  /**
   * @param samples how many samples were taken in since the start
   */
  public Footprint(Clock clock, LongSupplier samples) {
    this.clock = clock;
    this.samples = samples;
    looks.add(look());
  }

  /** The rates since the oldest look that is at most five minutes old; each call is a look too. */
  public synchronized Rates rates() {
    Look now = look();
    while (looks.size() > 1 && now.nanos - looks.getFirst().nanos > SPAN_NANOS) {
      looks.removeFirst();
    }
    Look then = looks.getFirst();
    if (now.nanos - looks.getLast().nanos >= APART_NANOS) looks.addLast(now);
    double seconds = Math.max(1, now.nanos - then.nanos) / 1e9;
    return new Rates(
        (now.cpuNanos - then.cpuNanos) / 1e9 / seconds, (now.samples - then.samples) / seconds);
  }

  /** Bytes of memory that the process holds, as the kernel counts them. */
  public long residentBytes() {
    try {
      return Long.parseLong(Files.readString(MEMORY).split(" ", -1)[1]) * PAGE;
    } catch (IOException | NumberFormatException _) {
      return Runtime.getRuntime().totalMemory(); // no /proc here: at least the heap is known
    }
  }

  public long heapBytes() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private Look look() {
    long cpu = ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    return new Look(clock.nanos(), cpu, samples.getAsLong());
  }
}
