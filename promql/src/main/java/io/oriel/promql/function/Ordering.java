package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.STRING;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What puts an instant vector in order. */
final class Ordering {
  static final List<Function> FUNCTIONS =
      List.of(
          byValue("sort", "from small to large", false),
          byValue("sort_desc", "from large to small", true),
          byLabel("sort_by_label", "", false),
          byLabel("sort_by_label_desc", ", backwards", true));

  private Ordering() {}

  private static Function byValue(String name, String order, boolean descending) {
    return Row.keepingName(
        Row.of(
            name,
            List.of(VECTOR),
            VECTOR,
            "The series by value, " + order + "; NaN last. Only in instant queries.",
            (Kernel.OverVector)
                (series, inputs, out) -> sort(floats(series), inputs, values(descending), out)));
  }

  private static Function byLabel(String name, String order, boolean descending) {
    return Row.keepingName(
        Row.experimental(
            Row.optional(
                Function.REPEATS,
                Row.of(
                    name,
                    List.of(VECTOR, STRING),
                    VECTOR,
                    "The series by the values of labels in natural order (2 before 10)"
                        + order
                        + ". Only in instant queries.",
                    (Kernel.OverVector)
                        (series, inputs, out) ->
                            sort(series, inputs, labels(inputs, descending), out)))));
  }

  /** Native histograms are neither large nor small. */
  private static List<HeldSeries> floats(List<HeldSeries> series) {
    for (HeldSeries held : series) held.column().histograms = null;
    return series;
  }

  private static Comparator<HeldSeries> values(boolean descending) {
    return (a, b) -> {
      double left = a.column().get(0);
      double right = b.column().get(0);
      boolean noLeft = Double.isNaN(left);
      boolean noRight = Double.isNaN(right);
      if (noLeft || noRight) return Boolean.compare(noLeft, noRight);
      return descending ? Double.compare(right, left) : Double.compare(left, right);
    };
  }

  private static Comparator<HeldSeries> labels(Inputs inputs, boolean descending) {
    Comparator<HeldSeries> order =
        (a, b) -> {
          for (int i = 1; i < inputs.texts().size(); i++) {
            String label = inputs.text(i);
            int byLabel =
                NaturalOrder.compare(a.labels().valueOf(label), b.labels().valueOf(label));
            if (byLabel != 0) return byLabel;
          }
          return a.labels().compareTo(b.labels());
        };
    return descending ? order.reversed() : order;
  }

  private static void sort(
      List<HeldSeries> series, Inputs inputs, Comparator<HeldSeries> order, SeriesSink out) {
    var sorted = new ArrayList<>(series);
    if (!inputs.query().instant()) {
      inputs
          .notes()
          .warn(
              "sort is ineffective for range queries since results are always ordered by labels",
              inputs.call().at());
    } else {
      sorted.removeIf(held -> !held.column().hasAny(0));
      sorted.sort(order);
    }
    for (HeldSeries held : sorted) out.take(held.labels(), held.nameless(), held.column());
  }
}
