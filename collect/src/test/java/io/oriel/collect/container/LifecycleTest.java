package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final long T0 = 1_750_000_000_000L;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Roll roll = new Roll();

  private void round(long daemonNowMs, Event... events) {
    long until = lifecycle.untilMs(daemonNowMs);
    lifecycle.take(List.of(events), until, roll);
  }

  private static Event event(String action, String code) {
    return new Event("a".repeat(64), "web", action, code, 0);
  }

  private long count(String action) {
    return lifecycle.counts()[Engine.ACTIONS.indexOf(action)];
  }

  @Test
  void the_first_round_begins_to_count_and_asks_for_nothing_older() {
    assertThat(lifecycle.untilMs(T0)).isEqualTo(T0 - 500);
    assertThat(lifecycle.sinceMs()).isEqualTo(T0 - 500);
  }

  @Test
  void rounds_meet_without_a_gap() {
    round(T0);

    assertThat(lifecycle.untilMs(T0 + 15_000)).isEqualTo(T0 + 14_500);
    assertThat(lifecycle.sinceMs()).isEqualTo(T0 - 500);
  }

  @Test
  void after_a_long_silence_no_more_than_an_hour_is_asked_for() {
    round(T0);

    lifecycle.untilMs(T0 + 86_400_000);

    assertThat(lifecycle.sinceMs()).isEqualTo(T0 + 86_400_000 - 500 - 3_600_000);
  }

  @Test
  void a_daemons_clock_that_was_set_back_begins_anew() {
    round(T0);

    assertThat(lifecycle.untilMs(T0 - 60_000)).isEqualTo(T0 - 60_500);
    assertThat(lifecycle.sinceMs()).isEqualTo(T0 - 60_500);
  }

  @Test
  void what_has_a_value_in_its_word_is_counted_under_the_word() {
    round(T0, event("health_status: unhealthy", ""), event("exec_die", "0"));

    assertThat(count("health_status")).isOne();
    assertThat(lifecycle.endings()).isEmpty();
  }

  @Test
  void endings_are_counted_by_code_and_not_without_bound() {
    for (int code = 0; code < 500; code++) round(T0 + code, event("die", "" + code));
    round(T0 + 500, event("die", "0"), event("die", ""));

    assertThat(lifecycle.endings()).hasSize(64).containsEntry("0", 2L);
    assertThat(count("die")).isEqualTo(502);
  }
}
