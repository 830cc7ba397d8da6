package io.oriel.promql.expr;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Windows;
import java.util.List;

/** How a function is computed. Kernels keep nothing: they run on several threads at once. */
public sealed interface Kernel {

  /** Walks over the windows of one series; a step without a result stays a hole. */
  @FunctionalInterface
  non-sealed interface OverWindows extends Kernel {
    void walk(Windows windows, SampleColumns samples, Inputs inputs, Column out);
  }

  /** Changes the values of one series in place; may make holes. */
  @FunctionalInterface
  non-sealed interface OverValues extends Kernel {
    void change(Column values, Inputs inputs);
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
