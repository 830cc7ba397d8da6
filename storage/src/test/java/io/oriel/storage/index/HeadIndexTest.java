package io.oriel.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class HeadIndexTest {
  private final HeadIndex index = new HeadIndex();

  @Test
  void many_series_are_found_by_one_label_or_by_many() {
    fill(64_000);

    assertThat(count(Matcher.equal("cpu", "7"))).isEqualTo(1000);
    assertThat(count(Matcher.regex("cpu", "7|8"))).isEqualTo(2000);
    assertThat(count(Matcher.regex("instance", "host-1.:9100"))).isEqualTo(640);
    assertThat(count(Matcher.regex("instance", "host-1.:9100"), Matcher.equal("cpu", "7")))
        .isEqualTo(10);
    assertThat(count(Matcher.equal("nobody", ""), Matcher.equal("cpu", "7"))).isEqualTo(1000);
    assertThat(index.labelValues("cpu")).hasSize(64);
    assertThat(index.labelNames()).hasSize(10);
  }

  @Test
  void a_series_of_ten_labels_takes_less_than_a_hundred_bytes() {
    long before = usedBytes();
    fill(100_000);
    long bytes = (usedBytes() - before) / 100_000;

    assertThat(index.size()).isEqualTo(100_000);
    assertThat(bytes).isBetween(10L, 100L);
  }

  @Test
  void each_pair_is_told_with_the_number_of_its_series() {
    fill(6_400);
    index.remove(RoaringBitmap.bitmapOf(7)); // one of cpu 7
    var told = new ArrayList<String>();

    index.eachPair((name, value, series) -> {
      if (name.equals("cpu")) told.add(value + ":" + series);
    });

    assertThat(told).hasSize(64).contains("7:99", "8:100");
  }

  @Test
  void adding_tells_which_values_are_new_of_their_name() {
    assertThat(index.add(0, Labels.of("__name__", "m", "cpu", "0", "path", "/a"))).isEqualTo(0b111);
    assertThat(index.add(1, Labels.of("__name__", "m", "cpu", "0", "path", "/b"))).isEqualTo(0b100);
    assertThat(index.add(2, Labels.of("__name__", "m", "cpu", "/b", "path", "/b"))).isEqualTo(0b10);
  }

  @Test
  void the_value_of_a_label_is_told_by_series() {
    index.add(3, Labels.of("__name__", "m", "job", "api"));

    assertThat(index.valueOf(3, "job")).isEqualTo("api");
    assertThat(index.valueOf(3, "instance")).isEmpty();
    assertThat(index.valueOf(4, "job")).isEmpty();
  }

  @Test
  void few_series_with_long_values_do_not_pile_up_when_they_go() {
    for (int round = 0; round < 100; round++) { // 100 MB in all, of 640 series
      var gone = new RoaringBitmap();
      for (int i = 0; i < 64; i++) {
        index.add(i, Labels.of("__name__", "m", "id", "x".repeat(16_000) + round + "/" + i));
        gone.add(i);
      }
      index.remove(gone);
    }

    assertThat(index.labelBytes()).isLessThan(10_000_000);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void finding_a_series_by_its_labels_allocates_nothing() {
    fill(1000);
    Labels labels = series(500);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) index.find(labels);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) index.find(labels);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  @Test
  void an_id_that_is_taken_is_refused_and_free_again_after_its_series_went() {
    index.add(7, Labels.of("a", "1"));
    assertThatThrownBy(() -> index.add(7, Labels.of("a", "2")))
        .isInstanceOf(IllegalArgumentException.class);

    index.remove(RoaringBitmap.bitmapOf(7));
    index.add(7, Labels.of("a", "2"));

    assertThat(index.matching(List.of(Matcher.equal("a", "1")))).isEmpty();
    assertThat(index.find(Labels.of("a", "2"))).isEqualTo(7);
    assertThatThrownBy(() -> index.labels(8)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void series_that_come_and_go_do_not_pile_up() {
    fill(100);
    long before = usedBytes();

    for (int round = 0; round < 60; round++) {
      var gone = new RoaringBitmap();
      for (int id = 1000; id < 2000; id++) {
        index.add(id, Labels.of("__name__", "pod", "uid", "pod-" + round + "-" + id));
        gone.add(id);
      }
      index.remove(gone);
    }

    assertThat(index.size()).isEqualTo(100);
    assertThat(index.labelValues("uid")).isEmpty();
    assertThat(usedBytes() - before).isLessThan(4 << 20); // 60000 pods would take some 8 MB
  }

  @Test
  void who_asks_while_series_come_and_go_sees_each_whole_or_not_at_all() throws Exception {
    var stop = new AtomicBoolean();
    var failure = new AtomicReference<Throwable>();
    fill(2000); // these stay
    var readers = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      readers.add(
          Thread.ofPlatform()
              .start(() -> {
                while (!stop.get()) ask(failure);
              }));
    }

    for (int round = 0; round < 200; round++) {
      var passing = new RoaringBitmap();
      for (int id = 5000; id < 5100; id++) {
        index.add(id, Labels.of("kind", "passing", "round", "r" + round, "id", "" + id));
        passing.add(id);
      }
      index.remove(passing);
    }
    stop.set(true);
    for (Thread reader : readers) reader.join();

    assertThat(failure.get()).isNull();
  }

  private void ask(AtomicReference<Throwable> failure) {
    try {
      assertThat(index.matching(List.of(Matcher.equal("kind", ""), Matcher.regex("cpu", "[0-9]+"))))
          .as("those that stay")
          .hasSize(2000);
      assertThat(
              index.matching(List.of(Matcher.equal("kind", "passing"), Matcher.equal("round", ""))))
          .as("every passing one has a round")
          .isEmpty();
    } catch (Throwable e) {
      failure.set(e);
    }
  }

  private int count(Matcher... matchers) {
    return index.matching(List.of(matchers)).getCardinality();
  }

  private void fill(int count) {
    for (int id = 0; id < count; id++) index.add(id, series(id));
  }

  /** As a node exporter on a machine of 64 cores has them. */
  static Labels series(int id) {
    int host = id / 64;
    return Labels.of(
        "__name__", "node_cpu_seconds_total",
        "cpu", "" + id % 64,
        "cluster", "berlin",
        "datacentre", "dc" + host % 3,
        "env", "prod",
        "instance", "host-" + host + ":9100",
        "job", "node",
        "mode", "idle",
        "rack", "r" + host % 40,
        "team", "infra");
  }
}
