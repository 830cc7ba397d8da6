package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.MATRIX;
import static io.oriel.promql.expr.ValueType.SCALAR;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Kernel;
import java.util.List;

/** What goes between types, and what asks whether something is there; the evaluator does these. */
final class Vectors {
  static final List<Function> FUNCTIONS =
      List.of(
          Row.of(
              "absent",
              List.of(VECTOR),
              VECTOR,
              "1 where the vector has no series; its labels are those that the selector fixes.",
              Kernel.BuiltIn.ABSENT),
          // the series that it looks at keep their names: several may be told apart by them alone
          Row.keepingName(
              Row.of(
                  "absent_over_time",
                  List.of(MATRIX),
                  VECTOR,
                  "1 where no series has a sample in the range.",
                  Kernel.BuiltIn.ABSENT_OVER_TIME)),
          Row.of(
              "scalar",
              List.of(VECTOR),
              SCALAR,
              "The value of the only series; NaN unless there is exactly one.",
              Kernel.BuiltIn.SCALAR),
          Row.of(
              "vector",
              List.of(SCALAR),
              VECTOR,
              "A vector of one series without labels.",
              Kernel.BuiltIn.VECTOR),
          Row.of(
              "timestamp",
              List.of(VECTOR),
              VECTOR,
              "When each sample was taken, in seconds since 1970.",
              Kernel.BuiltIn.TIMESTAMP),
          Row.experimental(
              Row.of(
                  "start_timestamp",
                  List.of(VECTOR),
                  VECTOR,
                  "When the counter behind each sample began, in seconds since 1970.",
                  Kernel.BuiltIn.START_TIMESTAMP)),
          Row.keepingName(
              Row.experimental(
                  Row.optional(
                      1,
                      Row.of(
                          "info",
                          List.of(VECTOR, VECTOR),
                          VECTOR,
                          "The series with the labels of info series (target_info, where nothing"
                              + " else is said) of the same instance and job added.",
                          Kernel.BuiltIn.INFO)))));

  private Vectors() {}
}
