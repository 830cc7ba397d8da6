package io.oriel.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  private final byte[] out = new byte[NumberText.LONGEST];

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-17, -17",
    "0.1, 0.1",
    "-1.5, -1.5",
    "0.001, 0.001",
    "0.000001, 0.000001",
    "0.00000125, 0.00000125",
    "0.0000001, 1e-07",
    "1.25E-7, 1.25e-07",
    "123456789.123456, 123456789.123456",
    "0.30000000000000004, 0.30000000000000004",
    "999999999999999, 999999999999999",
    "1e15, 1000000000000000",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5E300, 1.5e+300",
    "4.9E-324, 5e-324",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
  })
  void doubles_are_written_as_prometheus_writes_them(double value, String text) {
    assertThat(text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1500, 1.500", "1435781451781, 1435781451.781", "-1, -0.001", "7, 0.007"})
  void moments_are_seconds_with_three_decimals_or_none(long ms, String text) {
    assertThat(new String(out, 0, NumberText.seconds(ms, out, 0), US_ASCII)).isEqualTo(text);
  }

  @Test
  void the_longest_numbers_fit() {
    assertThat(text(-2.2250738585072014E-308)).hasSizeLessThan(NumberText.LONGEST);
    assertThat(new String(out, 0, NumberText.write(Long.MIN_VALUE, out, 0), US_ASCII))
        .isEqualTo("-9223372036854775808");
  }

  private String text(double value) {
    return new String(out, 0, NumberText.write(value, out, 0), US_ASCII);
  }
}
