package io.oriel.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class CollectingTest {
  private static final Metric WARMTH = Metric.gauge("room_celsius", "How warm it is.");
  private static final Labels HERE = Labels.of("instance", "house");

  private final ManualClock clock = new ManualClock(1_000_000);
  private final SeriesInMemory sink = new SeriesInMemory();

  /** Tells what is put into it: a number a round, or a failure. */
  private static final class Thermometer implements Collector {
    final ConcurrentLinkedQueue<Object> rounds = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
      return "thermometer";
    }

    @Override
    public String where() {
      return "the wall";
    }

    @Override
    public List<Metric> metrics() {
      return List.of(WARMTH);
    }

    @Override
    public void collect(Readings out) throws IOException {
      Object round = rounds.poll();
      if (round instanceof Double value) out.tell(WARMTH, value);
      if (round instanceof String reason) throw new IOException(reason);
      if (round instanceof Error error) throw error;
    }
  }

  private final Thermometer thermometer = new Thermometer();

  private Collecting start() {
    return Collecting.start(List.of(thermometer), sink, clock, Duration.ofSeconds(15), HERE);
  }

  @Test
  void the_first_round_comes_at_once_the_second_soon_then_one_each_interval() throws Exception {
    thermometer.rounds.addAll(List.of(20.0, 21.0, 22.0));

    try (var _ = start()) {
      assertThat(sink.commits.take()).contains(line("room_celsius", "20.0", 1_000_000));
      clock.awaitSleepers(1);
      clock.advance(3_000);
      assertThat(sink.commits.take()).contains(line("room_celsius", "21.0", 1_003_000));
      clock.awaitSleepers(1);
      clock.advance(12_000);
      assertThat(sink.commits.take()).contains(line("room_celsius", "22.0", 1_015_000));
    }
  }

  @Test
  void a_round_that_ends_by_an_error_is_not_the_last() throws Exception {
    thermometer.rounds.addAll(List.of(new OutOfMemoryError("Java heap space"), 21.0));

    try (var collecting = start()) {
      clock.awaitSleepers(1);
      assertThat(collecting.statuses().getFirst().health()).isEqualTo(TargetStatus.Health.DOWN);
      clock.advance(3_000);

      assertThat(sink.commits.take()).contains(line("room_celsius", "21.0", 1_003_000));
    }
  }

  @Test
  void a_round_tells_of_itself_as_a_scrape_does() throws Exception {
    thermometer.rounds.add(20.0);

    try (var _ = start()) {
      assertThat(sink.commits.take())
          .contains(
              line("up", "1.0", 1_000_000),
              line("scrape_samples_scraped", "1.0", 1_000_000),
              line("scrape_series_added", "1.0", 1_000_000),
              "oriel_collector_success{collector=\"thermometer\", instance=\"house\","
                  + " job=\"thermometer\"} 1.0 @1000000");
    }
  }

  @Test
  void what_can_not_be_read_is_down_with_its_reason_and_its_series_end() throws Exception {
    thermometer.rounds.addAll(List.of(20.0, "it fell off the wall"));

    try (var collecting = start()) {
      sink.commits.take();
      clock.awaitSleepers(1);
      clock.advance(3_000);

      assertThat(sink.commits.take())
          .contains(line("up", "0.0", 1_003_000), line("room_celsius", "stale", 1_003_000));
      clock.awaitSleepers(1);
      TargetStatus status = collecting.statuses().getFirst();
      assertThat(status.health()).isEqualTo(TargetStatus.Health.DOWN);
      assertThat(status.error()).isEqualTo("it fell off the wall");
      assertThat(status.failuresInARow()).isEqualTo(1);
      assertThat(status.lastGoodMs()).isEqualTo(1_000_000);
    }
  }

  @Test
  void closing_ends_every_series() throws Exception {
    thermometer.rounds.add(20.0);

    var collecting = start();
    sink.commits.take();
    clock.awaitSleepers(1);
    clock.advance(1_000);
    collecting.close();

    assertThat(sink.commits.take())
        .contains(line("room_celsius", "stale", 1_001_000), line("up", "stale", 1_001_000))
        .allMatch(each -> each.contains(" stale "));
  }

  @Test
  void rounds_that_were_slept_through_are_left_out() throws Exception {
    thermometer.rounds.addAll(List.of(20.0, 21.0, 22.0, 23.0));

    try (var _ = start()) {
      sink.commits.take();
      clock.awaitSleepers(1);
      clock.advance(3_000);
      sink.commits.take();
      clock.awaitSleepers(1);
      clock.advance(100_000); // the machine was asleep
      sink.commits.take(); // the round that was due
      clock.awaitSleepers(1);
      clock.advance(2_000);

      assertThat(sink.commits.take()).contains(line("room_celsius", "23.0", 1_105_000));
    }
  }

  private static String line(String metric, String value, long timeMs) {
    return metric + "{instance=\"house\", job=\"thermometer\"} " + value + " @" + timeMs;
  }
}
