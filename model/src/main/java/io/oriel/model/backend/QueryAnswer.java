package io.oriel.model.backend;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query with what its reader should know beside it.
 *
 * @param warnings what makes the answer doubtful, in Prometheus' words
 * @param infos what the asker may want to know (an old name answered, an aggregate was used)
 * @param stats what it cost
 */
public record QueryAnswer(Result result, List<String> warnings, List<String> infos, Stats stats) {

  /** The four kinds of result that PromQL has. */
  public sealed interface Result {
    record Scalar(long timeMs, double value) implements Result {}

    record Text(long timeMs, String value) implements Result {}

    record Vector(List<Point> points) implements Result {}

    record Matrix(List<Series> series) implements Result {}
  }

  /**
   * One series' value at one moment.
   *
   * @param value means nothing where there is a histogram
   * @param histogram null where the value is a float
   */
  public record Point(Labels labels, long timeMs, double value, @Nullable Histogram histogram) {
    public Point(Labels labels, long timeMs, double value) {
      this(labels, timeMs, value, null);
    }
  }

  /** One series' values at the steps where it has one. */
  public record Series(Labels labels, SampleColumns samples) {}

  /**
   * What a query cost: series selected, samples read, most samples held at a time, time taken.
   *
   * @param perStep the samples that each step looked at, one as often as a window holds it; empty
   *     where that was not asked for
   */
  public record Stats(
      long series, long samplesRead, long samplesPeak, long nanos, List<AtStep> perStep) {
    public Stats(long series, long samplesRead, long samplesPeak, long nanos) {
      this(series, samplesRead, samplesPeak, nanos, List.of());
    }

    public static final Stats NONE = new Stats(0, 0, 0, 0);
  }

  /** How many samples one step looked at. */
  public record AtStep(long timeMs, long samples) {}
}
