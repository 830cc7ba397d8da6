package io.oriel.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oriel.model.Labels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private static final Metric TEMPERATURE = Metric.gauge("room_celsius", "How warm it is.");
  private static final Metric DOORS = Metric.counter("doors_opened_total", "Doors opened.");
  private static final Labels HALL = Labels.of("room", "hall");
  private static final Labels ATTIC = Labels.of("room", "attic");

  private final Readings readings = new Readings();

  @Test
  void a_round_has_what_was_told_in_it_in_order() {
    readings.begin();
    readings.tell(TEMPERATURE, HALL, 20);
    readings.tell(DOORS, 3);

    assertThat(readings.told()).extracting(slot -> slot.metric).containsExactly(TEMPERATURE, DOORS);
    assertThat(readings.told()).extracting(slot -> slot.value).containsExactly(20.0, 3.0);
  }

  @Test
  void what_was_told_twice_in_a_round_counts_once_and_the_first_time() {
    readings.begin();
    readings.tell(TEMPERATURE, HALL, 20);
    readings.tell(TEMPERATURE, HALL, 21);
    readings.tell(DOORS, 3);

    assertThat(readings.told()).extracting(slot -> slot.value).containsExactly(20.0, 3.0);
  }

  @Test
  void a_series_is_the_same_from_round_to_round_in_any_order() {
    readings.begin();
    readings.tell(TEMPERATURE, HALL, 20);
    readings.tell(TEMPERATURE, ATTIC, 15);
    readings.tell(DOORS, 3);
    var before = readings.told().stream().toList();
    readings.begin();
    readings.tell(DOORS, 4);
    readings.tell(TEMPERATURE, Labels.of("room", "attic"), 16);
    readings.tell(TEMPERATURE, Labels.of("room", "hall"), 19);

    assertThat(readings.told()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(readings.added()).isZero();
    assertThat(readings.takeGone()).isEmpty();
  }

  @Test
  void a_series_that_is_not_told_any_more_has_gone_and_may_come_again() {
    readings.begin();
    readings.tell(TEMPERATURE, HALL, 20);
    readings.tell(TEMPERATURE, ATTIC, 15);
    readings.begin();
    readings.tell(TEMPERATURE, HALL, 20);

    assertThat(readings.takeGone()).extracting(slot -> slot.labels).containsExactly(ATTIC);

    readings.begin();
    readings.tell(TEMPERATURE, HALL, 20);
    readings.tell(TEMPERATURE, ATTIC, 14);

    assertThat(readings.added()).isEqualTo(1);
    assertThat(readings.told()).extracting(slot -> slot.value).containsExactly(20.0, 14.0);
  }

  @Test
  void missing_values_are_counted_by_reason_and_told_as_nothing() {
    readings.begin();
    readings.missing(TEMPERATURE, HALL, "no sensor");
    readings.missing(TEMPERATURE, ATTIC, "no sensor");

    assertThat(readings.size()).isZero();
    var counted = new ArrayList<String>();
    readings.forEachMissing((metric, reason, n) -> counted.add(metric.name() + reason + n));
    assertThat(counted).containsExactly("room_celsius{reason=\"no sensor\"}2.0");
  }

  @Test
  void a_steady_round_allocates_nothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) round(i);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) round(i);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(1000); // of a thousand rounds: not one object a round
  }

  private void round(int value) {
    readings.begin();
    readings.tell(TEMPERATURE, HALL, value);
    readings.tell(TEMPERATURE, ATTIC, value);
    readings.tell(DOORS, value);
    readings.takeGone();
  }
}
