package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1435781451.781, 1435781451781",
    "-1, -1000",
    "1e3, 1000000",
    "2015-06-03T13:21:58.555Z, 1433337718555",
    "2015-06-03T14:21:58.555+01:00, 1433337718555",
    "-292273086-05-16T16:47:06Z, -9223372036854775808",
    "292277025-08-18T07:12:54.999999999Z, 9223372036854775807",
  })
  void a_time_is_seconds_or_rfc_3339(String text, long ms) {
    assertThat(ApiTime.timeMs(text)).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "30s", "2015-06-03", "NaN", "1d", " 1", "Infinity"})
  void what_is_no_time_is_refused(String text) {
    assertThatThrownBy(() -> ApiTime.timeMs(text))
        .hasMessage("cannot parse \"" + text + "\" to a valid timestamp");
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "0.5, 500", "1h, 3600000", "1h30m, 5400000", "1w2d, 777600000", "5ms, 5"})
  void a_duration_is_seconds_or_prometheus_notation(String text, long ms) {
    assertThat(ApiTime.durationMs(text)).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1x", "1m1h", "99999999999999999999y", "NaN"})
  void what_is_no_duration_is_refused(String text) {
    assertThatThrownBy(() -> ApiTime.durationMs(text)).hasMessageContaining("to a valid duration");
  }
}
