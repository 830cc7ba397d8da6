package io.oriel.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Stale;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Decimals.parse(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "5",
        "1e5",
        "1E+5",
        ".5",
        "5.",
        "1.5e-7",
        "9007199254740993",
        "5e-324",
        "1e-400",
        "0.1000000000000000055511151231257827",
        "1.7976931348623157e308",
        "1.7116138012345678e+09",
        "123456789012345678901234567890",
        "0.000000000000000000000000000001",
        "2.2250738585072014e-308",
        "8.988465674311581e+307",
        "9223372036854775808",
        "18446744073709551615",
        "1e23",
        "6.02214e23"
      })
  void a_number_is_what_java_makes_of_it(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void words_pass_in_any_case() {
    assertThat(parse("+infinity")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(parse("-INF")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Double.doubleToRawLongBits(parse("nAn")))
        .isEqualTo(Double.doubleToRawLongBits(Stale.NORMAL_NAN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", ".", "e5", "1e", "1e+", "1_0", "0x10", "0x1p4", "1d", "1f", "-NaN", "+nan", "1,5",
        "1 ", "--1", "1..2", "1e5.5", "infinit", "1ee5"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessageContaining("is not a number");
  }

  @Test
  void a_number_beyond_any_double_is_refused() {
    assertThatThrownBy(() -> parse("1e309")).hasMessageContaining("too large a number");
    assertThatThrownBy(() -> parse("1e99999999999")).hasMessageContaining("too large a number");
  }

  @Test
  void reading_allocates_nothing() {
    byte[][] numbers = {
      "12345".getBytes(StandardCharsets.ISO_8859_1),
      "1.7116138012345678e+09".getBytes(StandardCharsets.ISO_8859_1),
      "0.00010188".getBytes(StandardCharsets.ISO_8859_1),
      "1.8446744073709552e+19".getBytes(StandardCharsets.ISO_8859_1),
      "+Inf".getBytes(StandardCharsets.ISO_8859_1)
    };
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = 0;
    for (int i = 0; i < 1000; i++) for (byte[] n : numbers) sum += Decimals.parse(n, 0, n.length);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) for (byte[] n : numbers) sum += Decimals.parse(n, 0, n.length);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    assertThat(sum).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "2.5e0, 2.5",
    "1e3, 1000.0",
    "999999, 999999.0",
    "1000000, 1e+06",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "123456789, 1.23456789e+08",
    "4.9e-324, 5e-324",
    "-0, -0.0",
    "Inf, +Inf",
    "NaN, NaN",
    "x, x",
    "-1.50, -1.5"
  })
  void a_bucket_bound_is_brought_to_one_form(String written, String form) {
    assertThat(FloatText.canonical(written)).isEqualTo(form);
  }
}
