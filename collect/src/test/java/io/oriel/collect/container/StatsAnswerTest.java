package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class StatsAnswerTest {
  private final Usage usage = new Usage();

  @Test
  void counters_of_unsigned_64_bits_are_neither_negative_nor_cut() throws JsonProcessingException {
    var told =
        new JsonMapper()
            .readTree(
                """
                {"read": "2026-01-02T03:04:05Z",
                 "cpu_stats": {"cpu_usage": {"total_usage": 18446744073709551615}},
                 "networks": {"eth0": {"rx_bytes": 18446744073709551615, "rx_packets": 9223372036854775808,
                                       "rx_errors": 0, "tx_bytes": 7}}}
                """);

    assertThat(StatsAnswer.read(told, usage)).isTrue();

    assertThat(usage.of(Figure.CPU_USAGE)).isEqualTo(0x1p64 / 1e9);
    Usage.NetworkUse eth0 = usage.networks().getFirst();
    assertThat(eth0.received()).containsExactly(0x1p64, 0x1p63, 0, Double.NaN);
    assertThat(eth0.sent()).containsExactly(7, Double.NaN, Double.NaN, Double.NaN);
  }
}
