package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.MATRIX;
import static io.oriel.promql.expr.ValueType.SCALAR;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.expr.ValueType;
import io.oriel.promql.series.Column;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** How the usual rows are written. */
final class Row {
  private Row() {}

  static Function of(
      String name, List<ValueType> takes, ValueType returns, String doc, Kernel kernel) {
    return new Function(name, takes, 0, returns, false, false, doc, "", "", kernel);
  }

  /** From a range vector to an instant vector, one series at a time. */
  static Function window(String name, String doc, Kernel.OverWindows kernel) {
    return of(name, List.of(MATRIX), VECTOR, doc, kernel);
  }

  /** The same for each value. */
  static Function value(String name, String doc, DoubleUnaryOperator each) {
    return of(name, List.of(VECTOR), VECTOR, doc, each(each));
  }

  static Kernel.OverValues each(DoubleUnaryOperator operator) {
    return (values, inputs) -> change(values, operator);
  }

  private static void change(Column column, DoubleUnaryOperator operator) {
    for (int i = 0; i < column.values.length; i++) {
      if (column.has(i)) column.values[i] = operator.applyAsDouble(column.values[i]);
    }
  }

  static Function scalar(String name, List<ValueType> takes, String doc, Kernel.OverSteps kernel) {
    return of(name, takes, SCALAR, doc, kernel);
  }

  static Function experimental(Function row) {
    return new Function(
        row.name(),
        row.takes(),
        row.optional(),
        row.returns(),
        true,
        row.keepsName(),
        row.doc(),
        row.phrase(),
        row.example(),
        row.kernel());
  }

  static Function keepingName(Function row) {
    return new Function(
        row.name(),
        row.takes(),
        row.optional(),
        row.returns(),
        row.experimental(),
        true,
        row.doc(),
        row.phrase(),
        row.example(),
        row.kernel());
  }

  /** With so many of the last arguments left out at will. */
  static Function optional(int count, Function row) {
    return new Function(
        row.name(),
        row.takes(),
        count,
        row.returns(),
        row.experimental(),
        row.keepsName(),
        row.doc(),
        row.phrase(),
        row.example(),
        row.kernel());
  }
}
