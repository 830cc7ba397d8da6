package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered before is kept; it must never be seen that it is. */
class AskedAgainTest {
  private static final long T0 = 1_700_000_000_000L / 7_200_000 * 7_200_000;
  private static final long HOUR = 3_600_000;
  private static final List<Matcher> HOSTS = List.of(Matcher.regex("host", "h.+"));

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0 + HOUR);
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void open() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withFreeBytes(0), clock);
    writer = store.sink().writer();
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void append(String host, long timeMs) {
    writer.sample(writer.series(Labels.of("__name__", "up", "host", host)), timeMs, 1);
    assertThat(writer.commit().kept()).isOne();
  }

  private List<String> selected(long fromMs, long toMs) {
    var hosts = new ArrayList<String>();
    try (var selected = store.source().select(HOSTS, new TimeRange(fromMs, toMs))) {
      for (int i = 0; i < selected.count(); i++) hosts.add(selected.labels(i).valueOf("host"));
    }
    return hosts;
  }

  private List<String> values() {
    return store.source().labelValues("host", List.of(), TimeRange.ALWAYS, 0);
  }

  @Test
  void a_series_that_comes_is_found_by_who_asked_before() {
    append("h1", T0);
    assertThat(selected(T0, T0)).containsExactly("h1");
    assertThat(values()).containsExactly("h1");

    append("h2", T0);

    assertThat(selected(T0, T0)).containsExactlyInAnyOrder("h1", "h2");
    assertThat(values()).containsExactly("h1", "h2");
  }

  @Test
  void a_series_is_selected_for_those_windows_alone_in_which_it_is_not_silent() {
    append("h1", T0);
    append("h2", T0);
    append("h3", T0);
    assertThat(selected(T0, T0 + HOUR)).containsExactlyInAnyOrder("h1", "h2", "h3");

    append("h1", T0 + HOUR);
    append("h3", T0 + HOUR);

    assertThat(selected(T0 + 1, T0 + HOUR)).containsExactlyInAnyOrder("h1", "h3");
    assertThat(selected(T0, T0 + HOUR)).containsExactlyInAnyOrder("h1", "h2", "h3");
  }

  @Test
  void a_series_that_went_into_a_block_alone_is_asked_of_the_head_no_more() throws IOException {
    append("h1", T0);
    assertThat(selected(T0, T0 + HOUR)).containsExactly("h1");
    writer.close();

    store.cutBlock();
    writer = store.sink().writer();
    append("h2", T0 + HOUR);

    assertThat(selected(T0, T0 + HOUR)).containsExactlyInAnyOrder("h1", "h2");
    assertThat(selected(T0 + HOUR, T0 + HOUR)).containsExactly("h2");
  }

  @Test
  void values_are_those_of_series_that_speak_in_the_window() {
    append("h1", T0);
    append("h2", T0);
    assertThat(valuesOfHosts(T0, T0)).containsExactly("h1", "h2");

    append("h2", T0 + HOUR);

    assertThat(valuesOfHosts(T0 + 1, T0 + HOUR)).containsExactly("h2");
    assertThat(valuesOfHosts(T0, T0 + HOUR)).containsExactly("h1", "h2");
    append("h3", T0 + HOUR);
    assertThat(valuesOfHosts(T0, T0 + HOUR)).containsExactly("h1", "h2", "h3");
  }

  private List<String> valuesOfHosts(long fromMs, long toMs) {
    return store.source().labelValues("host", List.of(HOSTS), new TimeRange(fromMs, toMs), 0);
  }
}
