package io.oriel.promql.eval;

import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import java.util.HashMap;
import java.util.Map;

/**
 * Parts of a query that stand in it several times: each is computed when it is first asked for at
 * some steps, and held until the query ends.
 */
final class HeldParts {
  private record Asked(String part, Steps steps) {}

  private final Map<Asked, SeriesSet> held = new HashMap<>();
  private final Evaluation evaluation;

  HeldParts(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Hands the series of a part on; who takes them may write over the columns. */
  void handOn(Plan.Shared shared, Steps steps, SeriesSink out) {
    if (evaluation.budget().perStep() != null) { // who counts samples wants each place counted
      evaluation.vector(shared.operand(), steps, out);
      return;
    }
    var asked = new Asked(shared.part(), steps);
    SeriesSet known = held.get(asked);
    if (known != null) {
      handOn(known, out);
      return;
    }
    int counted = evaluation.notes().counted();
    var set = new SeriesSet(evaluation.budget()); // which gives back what is held at the end
    evaluation.vector(shared.operand(), steps, set);
    handOn(set, out);
    if (evaluation.notes().counted() == counted) held.put(asked, set);
    else set.close(); // what warns of each place is computed at each
  }

  private static void handOn(SeriesSet set, SeriesSink out) {
    for (HeldSeries each : set.all()) {
      out.take(each.labels(), each.nameless(), each.column().copy());
    }
  }
}
