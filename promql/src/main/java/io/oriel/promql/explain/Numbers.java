package io.oriel.promql.explain;

import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Operator;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as a sentence has them. */
final class Numbers {
  private Numbers() {}

  /** With a comma at every third digit from 10,000 on. */
  static String words(double value) {
    if (Double.isNaN(value)) return "NaN (no number)";
    if (Double.isInfinite(value)) return value > 0 ? "infinity" : "minus infinity";
    String text = GoNumber.general(value);
    boolean grouped = Math.abs(value) >= 10_000 && text.indexOf('e') < 0;
    if (!grouped) return text.replace("-", "−");
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String digits = whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    return (point < 0 ? digits : digits + text.substring(point)).replace('-', '−');
  }

  /** "95 %" for 0.95; null where it is no share. */
  static @Nullable String share(double value) {
    if (!(value >= 0 && value <= 1)) return null;
    var percent = new BigDecimal(Double.toString(value)).movePointRight(2).stripTrailingZeros();
    return percent.toPlainString() + " %";
  }

  /** The value of arithmetic on numbers alone, null where anything else is in it. */
  static @Nullable Double constant(Expr expr) {
    return switch (expr) {
      case Expr.Constant(double value, _, _) -> value;
      case Expr.Bracketed(Expr inner, _) -> constant(inner);
      case Expr.Signed(boolean negative, Expr operand, _) -> {
        Double value = constant(operand);
        yield value == null ? null : negative ? -value : value;
      }
      case Expr.Binary binary when binary.operator().kind() == Operator.Kind.ARITHMETIC -> {
        Double left = constant(binary.left());
        Double right = left == null ? null : constant(binary.right());
        yield left == null || right == null ? null : binary.operator().apply(left, right);
      }
      default -> null;
    };
  }
}
