package io.oriel.promql.plan;

import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * At which moment {@code info()} looks at info series: that of the first selector in its argument.
 * The innermost {@code @}, of the selector or of a subquery around it, fixes the moment; offsets
 * add up from the selector to there, or to the outermost subquery where there is no {@code @}.
 */
final class InfoShift {
  private static final Place NOWHERE = new Place(0, 0);

  private final ToLongFunction<Span> milliseconds;
  private @Nullable Shift anchor;
  private long offsetMs;

  private InfoShift(ToLongFunction<Span> milliseconds) {
    this.milliseconds = milliseconds;
  }

  /** The shift for the info series of an argument. */
  static Shift of(Expr operand, ToLongFunction<Span> milliseconds) {
    var shift = new InfoShift(milliseconds);
    shift.find(operand);
    Shift anchor = shift.anchor == null ? Shift.NONE : shift.anchor;
    var offset = new Span.Fixed(shift.offsetMs / 1000.0, true, NOWHERE);
    return new Shift(anchor.atMs(), anchor.edge(), offset);
  }

  /** True once the first selector was found below. */
  private boolean find(Expr expr) {
    return switch (expr) {
      case Expr.Constant _, Expr.Text _ -> false;
      case Expr.Bracketed(Expr inner, _) -> find(inner);
      case Expr.Signed(_, Expr operand, _) -> find(operand);
      case Expr.Binary binary -> find(binary.left()) || find(binary.right());
      case Expr.Call call -> call.arguments().stream().anyMatch(this::find);
      case Expr.Aggregate aggregate ->
          find(aggregate.operand())
              || (aggregate.parameter() != null && find(aggregate.parameter()));
      case Expr.Selector selector -> take(selector.shift());
      case Expr.Range range -> take(range.selector().shift());
      case Expr.Subquery subquery -> find(subquery.inner()) && take(subquery.shift());
    };
  }

  private boolean take(Shift shift) {
    if (anchor != null) return true;
    Span offset = shift.offset();
    if (offset != null) offsetMs += milliseconds.applyAsLong(offset);
    if (shift.fixed()) anchor = shift;
    return true;
  }
}
