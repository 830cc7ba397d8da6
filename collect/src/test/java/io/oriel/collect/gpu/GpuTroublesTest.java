package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GpuTroublesTest {
  @Test
  void every_code_is_in_its_table_once_and_says_what_to_do() {
    for (List<GpuTroubles.Trouble> table :
        List.of(GpuTroubles.XIDS, GpuTroubles.CLOCK_EVENTS, GpuTroubles.MEMORY_ERRORS)) {
      assertThat(table).extracting(GpuTroubles.Trouble::code).doesNotHaveDuplicates();
      for (GpuTroubles.Trouble each : table) {
        assertThat(each.name()).isNotBlank();
        assertThat(each.meaning()).isNotBlank();
        assertThat(each.action()).isNotBlank();
      }
    }
  }

  @Test
  void an_xid_that_nobody_knows_is_said_so() {
    GpuTroubles.Trouble trouble = GpuTroubles.xid(4242);

    assertThat(trouble.name()).isEqualTo("XID 4242");
    assertThat(trouble.action()).contains("kernel's log");
    assertThat(GpuTroubles.xid(79).name()).isEqualTo("fallen off the bus");
  }

  @Test
  void bits_become_reasons() {
    assertThat(GpuTroubles.clockEvents(0x44 | 1L << 40))
        .extracting(GpuTroubles.Trouble::name)
        .containsExactly("power cap", "hardware thermal slowdown");
  }
}
