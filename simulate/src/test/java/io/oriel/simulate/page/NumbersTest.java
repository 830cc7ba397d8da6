package io.oriel.simulate.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  /** As they stand in captures of programs in these languages. */
  @ParameterizedTest
  @CsvSource({
    "7431, 7431.0, 7431, 7431",
    "6634254336, 6.634254336e+09, 6.634254336e+09, 6634254336",
    "1048576, 1.048576e+06, 1.048576e+06, 1048576",
    "0.31326723098754883, 0.31326723098754883, 0.31326723098754883, 0.31326723098754883",
    "1749573131.1202419, 1.7495731311202419e+09, 1.7495731311202419e+09, 1.7495731311202419e+09",
    "0.00007, 7e-05, 7e-05, 7e-05",
    "NaN, NaN, NaN, NaN",
    "Infinity, +Inf, +Inf, +Inf",
    "-2.5, -2.5, -2.5, -2.5"
  })
  void numbers_are_written_as_client_libraries_do(
      double value, String python, String go, String plain) {
    assertThat(written(Numbers.PYTHON, value)).isEqualTo(python);
    assertThat(written(Numbers.GO, value)).isEqualTo(go);
    assertThat(written(Numbers.PLAIN, value)).isEqualTo(plain);
  }

  private static String written(Numbers numbers, double value) {
    var out = new StringBuilder();
    numbers.write(value, out);
    return out.toString();
  }
}
