package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** limitk and limit_ratio: some series of each group, whatever their values. */
final class Sampling implements GroupFold {
  /** Whether a series is taken at a step. */
  private interface Choice {
    boolean takes(Labels labels, int step);
  }

  private final FoldContext context;
  private final Choice choice;
  private final List<HeldSeries> taken = new ArrayList<>();
  private long held;

  private Sampling(FoldContext context, Choice choice) {
    this.context = context;
    this.choice = choice;
  }

  /** The first k series that have a value at the step. */
  static Supplier<GroupFold> first(FoldContext context) {
    for (int i = 0; i < context.steps().count(); i++) Ranking.count(context.parameter(i), "k");
    return () -> {
      long[] seen = new long[context.steps().count()];
      return new Sampling(context, (labels, step) -> seen[step]++ < (long) context.parameter(step));
    };
  }

  /** A share r by a hash of the labels; a negative one takes what 1 + r leaves. */
  static Supplier<GroupFold> share(FoldContext context) {
    for (int i = 0; i < context.steps().count(); i++) checkShare(context, context.parameter(i));
    return () -> new Sampling(context, (labels, step) -> inShare(labels, context.parameter(step)));
  }

  private static void checkShare(FoldContext context, double share) {
    if (Double.isNaN(share)) throw new Refusal.QueryFailed("Ratio value is NaN");
    if (share >= -1 && share <= 1) return;
    String capped = share > 1 ? "1" : "-1";
    context
        .notes()
        .warn(
            "ratio value should be between -1 and 1, got "
                + GoNumber.general(share)
                + ", capping to "
                + capped,
            context.parameterAt());
  }

  private static boolean inShare(Labels labels, double share) {
    if (share == 0) return false;
    double offset = LabelHash.unsigned(LabelHash.of(labels)) / 0x1p64;
    return share > 0 ? offset < share : offset >= 1 + Math.max(share, -1);
  }

  @Override
  public void add(Labels labels, boolean nameless, Column column) {
    for (int i = 0; i < column.steps(); i++) {
      if (column.hasAny(i) && !choice.takes(labels, i)) column.hole(i);
    }
    if (column.isEmpty()) return;
    long weight = column.weight();
    context.budget().hold(weight);
    held += weight;
    taken.add(new HeldSeries(labels, nameless, column.copy()));
  }

  @Override
  public void handOn(Labels group, boolean nameless, SeriesSink out) {
    for (HeldSeries held : taken) out.take(held.labels(), held.nameless(), held.column());
    context.budget().release(held);
  }
}
