package io.oriel.receive.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.wire.otlp.MetricHead;
import io.oriel.wire.otlp.MetricHead.Kind;
import io.oriel.wire.otlp.MetricHead.Temporality;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  /** G gauge, C counter, S sum that may fall, H histogram. */
  private static MetricHead metric(String name, String unit, String kind) {
    Kind of = kind.equals("G") ? Kind.GAUGE : kind.equals("H") ? Kind.HISTOGRAM : Kind.SUM;
    return new MetricHead(name, "", unit, of, Temporality.CUMULATIVE, kind.equals("C"));
  }

  @ParameterizedTest
  @CsvSource({
    "http.server.duration, s, H, http_server_duration_seconds",
    "system.io, foo/bar, C, system_io_foo_per_bar_total",
    "requests, {request}, C, requests_total",
    "requests.total.count, '', C, requests_count_total",
    "memory.usage, By, G, memory_usage_bytes",
    "memory.usage.bytes, By, G, memory_usage_bytes",
    "speed, m/s, G, speed_meters_per_second",
    "broken, /s, G, broken_per_second",
    "utilization, 1, G, utilization_ratio",
    "utilization.ratio, 1, G, utilization_ratio",
    "ratio.of.it, 1, S, ratio_of_it",
    "a__b..c, '', G, a_b_c",
    "2xx, '', G, _2xx",
    "vllm:tokens, '', C, vllm:tokens_total",
    "temperature, Cel, G, temperature_celsius",
    "load, %, G, load_percent",
    "'%%', '', G, ''",
  })
  void plain_names_with_suffixes(String name, String unit, String kind, String expected) {
    var names = new Names(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);

    assertThat(names.metric(metric(name, unit, kind))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http.server.duration, s, H, http.server.duration_seconds, http_server_duration",
    "requests.total, '', C, requests_total, requests_total",
    "net.io, By/s, C, net.io_bytes_per_second_total, net_io",
    "use, 1, G, use_ratio, use",
    "a__b, '', G, a__b, a__b",
  })
  void the_other_strategies(
      String name, String unit, String kind, String utf8, String withoutSuffixes) {
    MetricHead metric = metric(name, unit, kind);

    assertThat(new Names(TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES).metric(metric))
        .isEqualTo(utf8);
    assertThat(new Names(TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES).metric(metric))
        .isEqualTo(withoutSuffixes);
    assertThat(new Names(TranslationStrategy.NO_TRANSLATION).metric(metric)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "http.method, http_method",
    "2xx, key_2xx",
    "_a, _a",
    "__a__, __a__",
    "a..b, a_b",
    "é, ''",
  })
  void labels(String attribute, String expected) {
    assertThat(new Names(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES).label(attribute))
        .isEqualTo(expected);
    assertThat(new Names(TranslationStrategy.NO_TRANSLATION).label(attribute)).isEqualTo(attribute);
  }

  @ParameterizedTest
  @CsvSource({
    "s, seconds",
    "By/s, bytes_per_second",
    "{x}, ''",
    "1, ''",
    "requests/s, requests_per_second"
  })
  void units_in_words(String unit, String expected) {
    assertThat(Units.words(unit, true)).isEqualTo(expected);
    assertThat(Arrays.stream(TranslationStrategy.values()).map(TranslationStrategy::word))
        .doesNotHaveDuplicates();
  }
}
