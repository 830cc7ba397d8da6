package io.oriel.wire.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "15s, 15000",
    "1h30m, 5400000",
    "1500ms, 1500",
    "1m500ms, 60500",
    "2w, 1209600000",
    "1y2w3d4h5m6s7ms, 33019506007"
  })
  void a_length_is_the_sum_of_its_units(String text, long ms) {
    assertThat(PrometheusDuration.parse(text)).isEqualTo(Duration.ofMillis(ms));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "1.5h", "30m1h", "1h1h", "-1s", "1 h", "1H", "5minutes"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> PrometheusDuration.parse(text))
        .hasMessage("'" + text + "' is not a duration like 15s, 1h30m or 2w");
  }

  @Test
  void a_length_beyond_counting_is_refused() {
    assertThatThrownBy(() -> PrometheusDuration.parse("999999999999999999y"))
        .hasMessageContaining("too long a duration");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "15000, 15s",
    "5400000, 1h30m",
    "1209600000, 2w",
    "1296000000, 15d",
    "7, 7ms"
  })
  void a_length_is_written_in_its_shortest_form(long ms, String text) {
    assertThat(PrometheusDuration.format(Duration.ofMillis(ms))).isEqualTo(text);
    assertThat(PrometheusDuration.parse(text)).isEqualTo(Duration.ofMillis(ms));
  }
}
