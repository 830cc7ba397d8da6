package io.oriel.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.exposition.ExpositionFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnDemandTest {
  private static final Metric ROUNDS = Metric.gauge("rounds", "Which round this is.");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final ManualClock clock = new ManualClock(1_000_000);
  private final SeriesInMemory sink = new SeriesInMemory();
  private final Counting counting = new Counting("counting");

  /** Tells how often it was asked; one round can be held up, another end by a defect. */
  private static final class Counting implements Collector {
    private final String name;
    final AtomicInteger rounds = new AtomicInteger();
    final CountDownLatch released = new CountDownLatch(1);
    volatile int heldFrom = Integer.MAX_VALUE;
    volatile int broken = -1;

    Counting(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String where() {
      return "here";
    }

    @Override
    public Labels labels() {
      return Labels.of("instance", name + ":80");
    }

    @Override
    public List<Metric> metrics() {
      return List.of(ROUNDS);
    }

    @Override
    public void collect(Readings out) throws InterruptedException {
      int round = rounds.incrementAndGet();
      if (round >= heldFrom) released.await();
      if (round == broken) throw new IllegalStateException("broken");
      out.tell(ROUNDS, round);
    }
  }

  private OnDemand start(Collector... collectors) {
    return OnDemand.start(
        List.of(collectors), sink, clock, INTERVAL, Labels.of("instance", "machine"));
  }

  private static String page(OnDemand all, Duration patience) throws InterruptedException {
    List<Round> rounds = all.ask(_ -> true, patience);
    return new String(TextPage.of(rounds, ExpositionFormat.TEXT), StandardCharsets.UTF_8);
  }

  @Test
  void who_asks_gets_a_round_that_began_for_them() throws Exception {
    try (var all = start(counting)) {
      assertThat(page(all, PATIENCE)).contains("rounds{instance=\"counting:80\"} 1\n");
      clock.advance(1_500);

      assertThat(page(all, PATIENCE)).contains("rounds{instance=\"counting:80\"} 2\n");
    }
  }

  @Test
  void two_who_ask_within_a_second_share_a_round() throws Exception {
    try (var all = start(counting)) {
      page(all, PATIENCE);
      clock.advance(900);

      assertThat(page(all, PATIENCE)).contains("rounds{instance=\"counting:80\"} 1\n");
    }
  }

  @Test
  void where_nobody_asks_a_round_comes_each_interval_and_every_round_goes_to_the_sink()
      throws Exception {
    try (var _ = start(counting)) {
      assertThat(sink.commits.take()).anyMatch(line -> line.startsWith("rounds{"));
      clock.awaitSleepers(1);
      clock.advance(INTERVAL.toMillis());

      assertThat(sink.commits.take())
          .contains("rounds{instance=\"counting:80\", job=\"counting\"} 2.0 @1015000");
    }
  }

  @Test
  void one_that_hangs_tells_nothing_old_and_says_that_it_failed() throws Exception {
    var other = new Counting("other");
    counting.heldFrom = 2;
    try (var all = start(counting, other)) {
      page(all, PATIENCE);
      clock.advance(60_000);

      assertThat(page(all, Duration.ofMillis(200)))
          .doesNotContain("rounds{instance=\"counting:80\"}")
          .contains(
              "oriel_collector_success{collector=\"counting\",instance=\"counting:80\"} 0\n",
              "rounds{instance=\"other:80\"}",
              "oriel_collector_success{collector=\"other\",instance=\"other:80\"} 1\n");
      counting.released.countDown();
    }
  }

  @Test
  void a_round_that_a_defect_ended_keeps_nobody_waiting() throws Exception {
    counting.broken = 2;
    try (var all = start(counting)) {
      page(all, PATIENCE);
      clock.advance(60_000);

      assertThat(page(all, PATIENCE)).contains("oriel_collector_success").doesNotContain("rounds");
      clock.advance(60_000);
      assertThat(page(all, PATIENCE)).contains("rounds{instance=\"counting:80\"} ");
    }
  }

  @Test
  void what_prometheus_says_of_a_scrape_itself_is_on_no_page() throws Exception {
    try (var all = start(counting)) {
      assertThat(page(all, PATIENCE)).doesNotContain("\nup", "scrape_");
    }
  }

  @Test
  void what_came_is_asked_at_once_and_what_is_gone_is_told_no_more() throws Exception {
    var other = new Counting("other");
    try (var all = start(counting)) {
      page(all, PATIENCE);

      all.sync(List.of(other));

      assertThat(page(all, PATIENCE))
          .contains("rounds{instance=\"other:80\"}")
          .doesNotContain("counting");
    }
  }
}
