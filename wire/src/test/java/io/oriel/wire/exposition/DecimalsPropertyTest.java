package io.oriel.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecimalsPropertyTest {
  private static void checkExact(String text) {
    byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.ISO_8859_1);
    double expected = Double.parseDouble(text);
    if (Double.isInfinite(expected)) return;

    double actual = Decimals.parse(bytes, 1, bytes.length - 1);

    assertThat(Double.doubleToRawLongBits(actual))
        .as("%s gives %s, not %s", text, actual, expected)
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }

  @Property(tries = 20_000)
  void any_double_that_java_prints_reads_back_exactly(@ForAll("bits") long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) checkExact(Double.toString(value));
  }

  @Provide
  Arbitrary<Long> bits() {
    return Arbitraries.longs().withDistribution(net.jqwik.api.RandomDistribution.uniform());
  }

  @Property(tries = 20_000)
  void any_double_reads_back_from_the_form_that_prometheus_writes(@ForAll("bits") long bits) {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value)) return;

    byte[] text = FloatText.of(value).getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Decimals.parse(text, 0, text.length)).isEqualTo(value);
  }

  @Property(tries = 50_000)
  void any_digits_with_any_exponent_are_read_as_java_reads_them(@ForAll("decimals") String text) {
    checkExact(text);
  }

  @Provide
  Arbitrary<String> decimals() {
    Arbitrary<String> sign = Arbitraries.of("", "-", "+");
    Arbitrary<String> whole = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> fraction = Arbitraries.strings().numeric().ofMaxLength(22);
    Arbitrary<Integer> exponent = Arbitraries.integers().between(-70, 70);
    return Combinators.combine(sign, whole, fraction, exponent)
        .as((s, w, f, e) -> s + w + (f.isEmpty() ? "" : "." + f) + (e == 0 ? "" : "e" + e));
  }

  @Property(tries = 50_000)
  void numbers_half_way_between_two_doubles_go_to_the_even_one(@ForAll("halves") String text) {
    checkExact(text);
  }

  /** Whole numbers just above 2^53, where each second one lies half-way. */
  @Provide
  Arbitrary<String> halves() {
    return Combinators.combine(
            Arbitraries.longs().between(1L << 53, 1L << 60), Arbitraries.integers().between(-25, 5))
        .as((digits, power) -> (digits | 1) + "e" + power);
  }
}
