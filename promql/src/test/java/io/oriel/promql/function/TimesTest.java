package io.oriel.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates of numbers that are no moments are Prometheus' too: dashboards show them side by side. */
class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "year, 0, 1970",
    "year, -1, 1969",
    "year, -62135596801, 0",
    "year, 4102444800, 2100",
    "day_of_year, 951868799, 60",
    "day_of_week, -259200, 1",
    "minute, -0.5, 0",
    "year, NaN, 292277026596",
    "month, NaN, 12",
    "day_of_month, NaN, 4",
    "day_of_year, NaN, 339",
    "days_in_month, NaN, 31",
    "day_of_week, NaN, 0",
    "hour, Inf, 15",
    "minute, -Inf, 30",
    "year, 1e18, 31688740476",
    "year, -1e18, -31688736537",
    "day_of_week, -1e18, 2",
    "year, -9.2233720e18, -292277021490",
    "day_of_year, -9.2233720e18, 349",
  })
  void a_part_of_the_date_of_any_number(String function, String value, double expected) {
    try (var engine = Promql.engine(new MemorySource(), Limits.NORMAL, Clock.system())) {
      String query = function + "(vector(" + value + "))";

      var result = (Result.Vector) engine.instant(query, 0, QueryOptions.DEFAULT).result();

      assertThat(result.points().getFirst().value()).isEqualTo(expected);
    }
  }
}
