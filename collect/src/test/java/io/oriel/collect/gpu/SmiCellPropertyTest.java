package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SmiCellPropertyTest {
  @Property
  void a_cell_is_a_finite_number_or_says_why_not(@ForAll("cells") String cell) {
    try {
      assertThat(SmiCell.number(cell)).isFinite();
    } catch (NvmlException e) {
      assertThat(e.answer()).isNotEqualTo(NvmlReturn.SUCCESS);
    }
  }

  @Provide
  Arbitrary<String> cells() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("0123456789.-+eExXPNaInfity[]/ ").ofMaxLength(12),
        Arbitraries.doubles().map(String::valueOf));
  }
}
