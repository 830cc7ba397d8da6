package io.oriel.promql.expr;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Windows;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How a function is computed. Kernels keep nothing: they run on several threads at once. */
public sealed interface Kernel {

  /** Walks over the windows of one series; a step without a result stays a hole. */
  @FunctionalInterface
  non-sealed interface OverWindows extends Kernel {
    /** A series of floats. */
    void walk(Windows windows, SampleColumns samples, Inputs inputs, Column out);

    /**
     * A series that has native histograms, maybe floats, too. Where the row of the function says
     * nothing else, histograms are left out.
     */
    default void walkMixed(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      FloatsOnly.note(windows, samples, inputs);
      FloatsOnly.walk(this, windows, samples, inputs, out);
    }

    /** Whichever of the two the samples ask for. */
    default void walkAny(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      if (samples.histograms == null) walk(windows, samples, inputs, out);
      else walkMixed(windows, samples, inputs, out);
    }
  }

  /** A kernel for series of floats, and one for series that have native histograms. */
  record WithHistograms(OverWindows floats, OverWindows mixed) implements OverWindows {
    @Override
    public void walk(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      floats.walk(windows, samples, inputs, out);
    }

    @Override
    public void walkMixed(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      mixed.walk(windows, samples, inputs, out);
    }
  }

  /** A kernel that takes floats and native histograms as they come. */
  record OfAnyKind(OverWindows kernel) implements OverWindows {
    @Override
    public void walk(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      kernel.walk(windows, samples, inputs, out);
    }

    @Override
    public void walkMixed(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      kernel.walk(windows, samples, inputs, out);
    }
  }

  /** Changes the values of one series in place; may make holes. */
  @FunctionalInterface
  non-sealed interface OverValues extends Kernel {
    void change(Column values, Inputs inputs);

    /** Whether it wants to see native histograms; others are given the floats alone. */
    default boolean readsHistograms() {
      return false;
    }
  }

  /** From each native histogram to a number; floats go. */
  record OverHistograms(ToDoubleFunction<Histogram> each) implements OverValues {
    @Override
    public void change(Column values, Inputs inputs) {
      @Nullable Histogram[] histograms = values.histograms;
      values.clear();
      for (int i = 0; histograms != null && i < histograms.length; i++) {
        Histogram histogram = histograms[i];
        if (histogram != null) values.set(i, each.applyAsDouble(histogram));
      }
    }

    @Override
    public boolean readsHistograms() {
      return true;
    }
  }

  /** Gives a value to each step from scalars alone. */
  @FunctionalInterface
  non-sealed interface OverSteps extends Kernel {
    double at(int step, Inputs inputs);
  }

  /** Gives a series other labels. */
  @FunctionalInterface
  non-sealed interface OverLabels extends Kernel {
    /** Checks the arguments once, and gives what is applied to each label set. */
    Relabel relabel(Inputs inputs);

    /** From labels to labels. */
    interface Relabel {
      Labels apply(Labels labels);
    }
  }

  /** Needs all series of its operand at once. */
  @FunctionalInterface
  non-sealed interface OverVector extends Kernel {
    void compute(List<HeldSeries> series, Inputs inputs, SeriesSink out);
  }

  /** What the evaluator itself does, because it needs more than one operand's values. */
  enum BuiltIn implements Kernel {
    ABSENT,
    ABSENT_OVER_TIME,
    SCALAR,
    VECTOR,
    TIMESTAMP,
    START_TIMESTAMP,
    INFO,
    /** Not there yet: calling it is refused by name. */
    MISSING
  }
}
