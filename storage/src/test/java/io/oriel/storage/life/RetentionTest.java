package io.oriel.storage.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.manifest.Manifest;
import io.oriel.storage.testing.FaultyDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final List<Manifest.Entry> BLOCKS =
      List.of(block("a", 0, 100), block("b", 100, 100), block("c", 200, 100));

  @Test
  void a_block_goes_when_all_of_it_is_too_old() {
    var retention = Retention.of(Duration.ofSeconds(1));

    assertThat(retention.due(BLOCKS, 1099, 0, 0)).isEmpty();
    assertThat(retention.due(BLOCKS, 1100, 0, 0)).containsExactly("a");
    assertThat(retention.due(BLOCKS, 5000, 0, 0)).containsExactly("a", "b", "c");
  }

  @Test
  void the_oldest_go_until_the_rest_fits() {
    assertThat(new Retention(Duration.ofDays(1), 300, 0).due(BLOCKS, 500, 0, 0)).isEmpty();
    assertThat(new Retention(Duration.ofDays(1), 299, 0).due(BLOCKS, 500, 0, 0))
        .containsExactly("a");
    assertThat(new Retention(Duration.ofDays(1), 1, 0).due(BLOCKS, 500, 0, 0))
        .containsExactly("a", "b");
  }

  @Test
  void what_is_in_no_block_yet_counts_too_and_the_newest_block_stays_whatever_it_is() {
    var retention = new Retention(Duration.ofDays(1), 350, 0);

    assertThat(retention.due(BLOCKS, 500, 0, 50)).isEmpty();
    assertThat(retention.due(BLOCKS, 500, 0, 51)).containsExactly("a");
    assertThat(retention.due(BLOCKS, 500, 0, 1_000_000)).containsExactly("a", "b");
  }

  @Test
  void the_oldest_give_way_to_free_disk_where_that_is_asked_for() {
    assertThat(Retention.of(Duration.ofDays(1)).due(BLOCKS, 500, 0, 0)).isEmpty();
    assertThat(new Retention(Duration.ofDays(1), 0, 150).due(BLOCKS, 500, 20, 0))
        .containsExactly("a", "b");
  }

  @Test
  void below_the_floor_intake_is_refused_by_name_and_recovers_by_itself() {
    var disk = new FaultyDisk(1);
    var clock = new ManualClock();
    var gate = new FreeDisk(disk, Path.of("/data/notes"), 256 << 20, clock, () -> true);
    gate.check();

    disk.setFreeBytes(100 << 20);
    gate.check(); // asked less than a second ago
    clock.advance(1000);
    assertThatThrownBy(gate::check)
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessage(
            "the disk of /data/notes has 100 MiB free, less than the floor of 256 MiB; free some space or shorten storage.retention; intake then goes on by itself");

    disk.setFreeBytes(300 << 20);
    clock.advance(1000);
    gate.check();
  }

  @Test
  void intake_stops_while_the_folder_is_gone_and_goes_on_when_it_is_back() {
    var disk = new FaultyDisk(1);
    var clock = new ManualClock();
    var isThere = new AtomicBoolean(true);
    var gate = new FreeDisk(disk, Path.of("/data/notes"), 0, clock, isThere::get);
    gate.check();
    assertThat(gate.lost()).isEmpty();

    isThere.set(false);
    clock.advance(1000);

    assertThatThrownBy(gate::check)
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessage(
            "the data folder /data/notes was deleted or moved away while Oriel runs; move it back, and intake goes on by itself; where it is lost, restart Oriel, which begins with an empty one");
    assertThat(gate.lost()).isPresent();

    isThere.set(true);
    clock.advance(1000);
    gate.check();
    assertThat(gate.lost()).isEmpty();
  }

  @Test
  void neighbours_are_merged_once_their_span_is_over() {
    var compaction = Compaction.within(Duration.ofMillis(100), Duration.ofSeconds(10));

    assertThat(compaction.due(BLOCKS)).isEmpty(); // 0 to 300 may still get more
    assertThat(
            compaction.due(
                List.of(BLOCKS.get(0), BLOCKS.get(1), BLOCKS.get(2), block("d", 300, 1))))
        .containsExactly("a", "b", "c");
    assertThat(compaction.due(List.of(block("abc", 0, 300), block("d", 300, 100)))).isEmpty();
  }

  @Test
  void a_merged_block_is_not_longer_than_a_tenth_of_the_retention() {
    var compaction = Compaction.within(Duration.ofMillis(100), Duration.ofSeconds(2));
    var blocks = List.of(BLOCKS.get(0), BLOCKS.get(1), BLOCKS.get(2), block("d", 300, 100));

    assertThat(compaction.due(blocks)).isEmpty();
  }

  /** A block of a hundred milliseconds, or as long as it is large where it is larger. */
  private static Manifest.Entry block(String name, long start, long bytes) {
    long end = start + Math.max(100, bytes) - 1;
    return new Manifest.Entry(name, new TimeRange(start, end), bytes);
  }
}
