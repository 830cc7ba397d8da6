package io.oriel.promql.function;

import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Kernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All functions of the language, by name. */
public final class Functions {
  private static final List<Function> ALL = collect();
  private static final Map<String, Function> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Function::name, UnaryOperator.identity()));

  private Functions() {}

  private static List<Function> collect() {
    var all = new ArrayList<Function>();
    all.addAll(Rates.FUNCTIONS);
    all.addAll(OverTime.FUNCTIONS);
    all.addAll(Maths.FUNCTIONS);
    all.addAll(Times.FUNCTIONS);
    all.addAll(Relabels.FUNCTIONS);
    all.addAll(Ordering.FUNCTIONS);
    all.addAll(Histograms.FUNCTIONS);
    all.addAll(Vectors.FUNCTIONS);
    all.sort(Comparator.comparing(Function::name));
    return Words.read().addTo(all);
  }

  /** Every row, sorted by name. */
  public static List<Function> all() {
    return ALL;
  }

  /**
   * How a function is computed over a range whose edges are {@code anchored} or {@code smoothed}.
   *
   * @throws io.oriel.model.limit.Refusal.QueryFailed when it does not understand such ranges
   */
  public static Kernel.OverWindows extended(String function, Expr.Edges edges) {
    return Extended.kernel(function, edges);
  }

  /** The row of a name as it is written (case matters), null where there is none. */
  public static @Nullable Function named(String name) {
    return BY_NAME.get(name);
  }
}
