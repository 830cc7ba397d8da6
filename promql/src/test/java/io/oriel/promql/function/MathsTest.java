package io.oriel.promql.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.oriel.model.Clock;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At the ends of the number line; the values are Prometheus'. */
class MathsTest {
  @ParameterizedTest
  @CsvSource({
    "log2, +Inf, Infinity",
    "log2, 0, -Infinity",
    "log2, 1024, 10",
    "log2, 5e-324, -1074",
    "log2, -1, NaN",
    "acosh, 1.7e308, 710.4199840737881",
    "acosh, 1, 0",
    "acosh, 1.0000000001, 1.4142136208675862e-05",
    "acosh, 0.5, NaN",
    "asinh, 1.7e308, 710.4199840737881",
    "asinh, -1.7e308, -710.4199840737881",
    "asinh, 1e-300, 1e-300",
    "atanh, -1, -Infinity",
    "atanh, 2, NaN",
  })
  void a_function_of_an_extreme_number(String function, String value, double expected) {
    try (var engine = Promql.engine(new MemorySource(), Limits.NORMAL, Clock.system())) {
      String query = function + "(vector(" + value + "))";

      var result = (Result.Vector) engine.instant(query, 0, QueryOptions.DEFAULT).result();

      double actual = result.points().getFirst().value();
      if (Double.isFinite(expected)) {
        assertThat(actual).isCloseTo(expected, withPercentage(1e-9));
      } else {
        assertThat((Double) actual).isEqualTo((Double) expected);
      }
    }
  }
}
