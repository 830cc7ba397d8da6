package io.oriel.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NumberTextPropertyTest {
  private final byte[] out = new byte[NumberText.LONGEST];

  @Property(tries = 5000)
  void what_is_written_reads_back_as_the_same_bits(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isNaN(value) || Double.isInfinite(value)) return;

    assertThat(Double.parseDouble(text(value))).isEqualTo(value);
  }

  @Property(tries = 5000)
  void the_short_way_and_the_search_agree(@ForAll int whole, @ForAll short part) {
    double value = whole / 10.0 + part / 1e6;
    if (value == Math.rint(value)) return;

    assertThat(text(value)).isEqualTo(NumberText.shortest(value));
  }

  private String text(double value) {
    return new String(out, 0, NumberText.write(value, out, 0), US_ASCII);
  }
}
