package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Matching.Cardinality;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A binary operator between two vectors: series of equal match labels meet. The "one" side is
 * grouped by these labels; each series of the "many" side (the left one, where it is one to one)
 * then finds its group.
 */
final class Join {
  /** The series of the "one" side that share their match labels; at each step at most one. */
  private static final class Group {
    private final List<HeldSeries> members = new ArrayList<>();
    private final BitSet matched = new BitSet();
    private int[] owner = new int[0]; // by step: which member has a value, from 1; 0 = none

    /** The index of the member that has a value at a step, -1 where none has. */
    int at(int step) {
      if (members.isEmpty()) return -1;
      if (owner.length > 0) return owner[step] - 1;
      return members.getFirst().column().hasAny(step) ? 0 : -1;
    }
  }

  /** A series of the result, and at which steps it was met, also where a comparison dropped it. */
  private record Output(boolean nameless, Column column, BitSet met) {}

  private final Evaluation evaluation;
  private final Plan.Join plan;
  private final Matching matching;
  private final Steps steps;
  private final boolean manyLeft;
  private final boolean oneToOne;
  private final List<String> ignored;
  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private final Map<Labels, Output> outputs = new LinkedHashMap<>();
  private final BitSet anyMany = new BitSet();
  private final NativeOperator natives;
  private Column left = new Column(0); // what was computed last: from what, and the result
  private double number;
  private @Nullable Histogram histogram;

  Join(Evaluation evaluation, Plan.Join plan, Steps steps) {
    this.evaluation = evaluation;
    this.plan = plan;
    this.matching = plan.matching();
    this.steps = steps;
    this.manyLeft = matching.cardinality() != Cardinality.ONE_TO_MANY;
    this.ignored = Names.withName(matching.labels());
    this.natives = new NativeOperator(plan.operator(), evaluation.notes(), plan.at());
    this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
  }

  void run(SeriesSink out) {
    try {
      try (var many = new SeriesSet(evaluation.budget());
          var one = new SeriesSet(evaluation.budget())) {
        evaluation.vector(manyLeft ? plan.left() : plan.right(), steps, many);
        evaluation.vector(manyLeft ? plan.right() : plan.left(), steps, one);
        meet(many.all(), one.all());
      }
      outputs.forEach((labels, output) -> handOn(labels, output, out));
    } finally {
      evaluation.budget().release((long) outputs.size() * steps.count());
      evaluation.budget().releaseSeries(outputs.size());
    }
  }

  private static void handOn(Labels labels, Output output, SeriesSink out) {
    if (!output.column.isEmpty()) out.take(labels, output.nameless, output.column);
  }

  private void meet(List<HeldSeries> many, List<HeldSeries> one) {
    note(many, anyMany);
    for (HeldSeries series : one) {
      groups.computeIfAbsent(matchLabels(series), labels -> new Group()).members.add(series);
    }
    groups.forEach(this::refuseSeveral);
    var strangers = new LinkedHashMap<Labels, Group>(); // of the many side, without a group
    for (HeldSeries series : many) {
      evaluation.budget().check();
      Labels labels = matchLabels(series);
      Group group = groups.get(labels);
      if (group == null) group = strangers.computeIfAbsent(labels, l -> new Group());
      meet(series, group);
    }
    Column fill = filled(matching.fillLeft()); // of the "many" side, also under group_right
    if (fill != null) groups.values().forEach(group -> fillMany(group, fill));
  }

  private static void note(Collection<HeldSeries> series, BitSet present) {
    for (HeldSeries each : series) {
      for (int i = 0; i < each.column().steps(); i++) if (each.column().hasAny(i)) present.set(i);
    }
  }

  private Labels matchLabels(HeldSeries series) {
    return matching.on()
        ? series.labels().only(matching.labels())
        : series.labels().without(ignored);
  }

  /** Two series of one group at the same step, while the other side has anything there, fail. */
  private void refuseSeveral(Labels labels, Group group) {
    if (group.members.size() < 2) return;
    group.owner = new int[steps.count()];
    for (int m = 0; m < group.members.size(); m++) {
      HeldSeries member = group.members.get(m);
      for (int i = 0; i < steps.count(); i++) {
        if (!member.column().hasAny(i)) continue;
        if (group.owner[i] == 0) group.owner[i] = m + 1;
        else if (anyMany.get(i) || matching.fills()) {
          throw several(labels, group.members.get(group.owner[i] - 1), member);
        }
      }
    }
  }

  private Refusal.QueryFailed several(Labels labels, HeldSeries a, HeldSeries b) {
    boolean inOrder = a.labels().compareTo(b.labels()) <= 0;
    return new Refusal.QueryFailed(
        "found duplicate series for the match group %s on the %s hand-side of the operation: [%s, %s];many-to-many matching not allowed: matching labels must be unique on one side"
            .formatted(
                braces(labels),
                manyLeft ? "right" : "left",
                braces((inOrder ? a : b).labels()),
                braces((inOrder ? b : a).labels())));
  }

  /** All labels in braces, the name among them. */
  private static String braces(Labels labels) {
    var text = new StringBuilder("{");
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) text.append(", ");
      text.append(labels.nameAt(i)).append('=');
      text.append(Quoting.quote(labels.valueAt(i)));
    }
    return text.append('}').toString();
  }

  private void meet(HeldSeries many, Group group) {
    Column fill = filled(matching.fillRight());
    Output output = null;
    int partner = -1;
    for (int i = 0; i < steps.count(); i++) {
      if (!many.column().hasAny(i)) continue;
      int at = group.at(i);
      Column other = at >= 0 ? group.members.get(at).column() : fill;
      if (other == null || !compute(i, many.column(), other)) continue;
      if (output == null || at != partner) {
        Labels one = at >= 0 ? group.members.get(at).labels() : filler(many);
        output = output(many.labels(), many.nameless(), one);
        partner = at;
      }
      if (oneToOne && group.matched.get(i)) throw manyToOne();
      group.matched.set(i);
      put(output, i);
    }
  }

  private @Nullable Column filled(@Nullable Double value) {
    return value == null ? null : Column.filled(steps.count(), value);
  }

  /** What stands in for a missing side has the match labels. */
  private Labels filler(HeldSeries other) {
    return matchLabels(other);
  }

  private void fillMany(Group group, Column fill) {
    for (HeldSeries one : group.members) {
      Output output = null;
      for (int i = 0; i < steps.count(); i++) {
        if (!one.column().hasAny(i) || group.matched.get(i)) continue;
        if (!compute(i, fill, one.column())) continue;
        if (output == null) output = output(filler(one), false, one.labels());
        put(output, i);
      }
    }
  }

  private static Refusal.QueryFailed manyToOne() {
    return new Refusal.QueryFailed(
        "multiple matches for labels: many-to-one matching must be explicit"
            + " (group_left/group_right)");
  }

  /** False where nothing comes of two values, as of a float and a histogram that are compared. */
  private boolean compute(int step, Column many, Column one) {
    left = manyLeft ? many : one;
    Column right = manyLeft ? one : many;
    if (left.has(step) && right.has(step) && plan.operator().kind() != Operator.Kind.TRIM) {
      number = plan.operator().apply(left.get(step), right.get(step));
      histogram = null;
      return true;
    }
    Histogram leftOne = left.histogram(step);
    Histogram rightOne = right.histogram(step);
    if (plan.operator().isComparison()) {
      histogram = null;
      number = natives.holds(leftOne, rightOne);
      return !Double.isNaN(number);
    }
    histogram = natives.of(left.get(step), leftOne, right.get(step), rightOne);
    return histogram != null;
  }

  /** Writes down what was computed last. */
  private void put(Output output, int step) {
    if (output.met.get(step)) {
      throw oneToOne
          ? manyToOne()
          : new Refusal.QueryFailed(
              "multiple matches for labels: grouping labels must ensure unique matches");
    }
    output.met.set(step);
    boolean filters = plan.operator().isComparison() && !plan.bool();
    if (filters && number == 0) return;
    Histogram result = filters ? left.histogram(step) : histogram;
    if (result != null) output.column.set(step, result);
    else output.column.set(step, filters ? left.get(step) : number);
  }

  private Output output(Labels many, boolean nameless, Labels one) {
    boolean marked = nameless;
    Labels labels = many;
    if (plan.operator().kind() == Operator.Kind.ARITHMETIC) {
      labels = evaluation.names().without(labels);
    } else if (plan.bool()) {
      if (evaluation.names().late()) marked = true;
      else labels = evaluation.names().without(labels);
    }
    if (oneToOne) {
      labels = matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
    }
    for (String include : matching.include()) labels = labels.with(include, one.valueOf(include));
    Output known = outputs.get(labels);
    if (known != null) return known;
    evaluation.budget().holdSeries();
    evaluation.budget().hold(steps.count());
    var made = new Output(marked, new Column(steps.count()), new BitSet());
    outputs.put(labels, made);
    return made;
  }
}
