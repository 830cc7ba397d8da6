package io.oriel.storage.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds.WhenFull;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.storage.wal.WalPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DurableQueueTest {
  private static final QueueBounds ROOMY = bounds(64 << 20, Duration.ZERO, WhenFull.REFUSE);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(1_000_000);
  private final List<String> lost = new ArrayList<>();

  @Test
  void records_come_out_in_the_order_they_went_in_with_the_time_they_came() throws IOException {
    try (var queue = open(ROOMY)) {
      put(queue, "one");
      clock.advance(500);
      put(queue, "two");

      assertThat(take(queue).cameMs()).isEqualTo(1_000_000);
      var second = take(queue);

      assertThat(text(second)).isEqualTo("two");
      assertThat(second.cameMs()).isEqualTo(1_000_500);
      assertThat(queue.next()).isNull();
    }
  }

  @Test
  void what_was_done_does_not_come_again_and_what_was_only_taken_does() throws IOException {
    try (var queue = open(ROOMY)) {
      for (String each : List.of("one", "two", "three")) put(queue, each);
      queue.done(take(queue));
      queue.next();
    }

    try (var queue = open(ROOMY)) {
      assertThat(queue.stats().records()).isEqualTo(2);
      assertThat(rest(queue)).containsExactly("two", "three");
    }
  }

  @Test
  void segments_behind_the_position_are_deleted() throws IOException {
    try (var queue = open(bounds(1 << 20, Duration.ZERO, WhenFull.REFUSE))) {
      for (int i = 0; i < 100; i++) {
        put(queue, "x".repeat(50_000));
        clock.advance(6_000);
        queue.done(take(queue));
      }

      try (var files = Files.list(folder.resolve("out"))) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("0")))
            .hasSizeLessThan(4);
      }
      assertThat(queue.stats().bytes()).isZero();
    }
  }

  @Test
  void a_full_queue_that_refuses_says_which_and_since_when_and_takes_again_when_there_is_room()
      throws IOException {
    try (var queue = open(bounds(1 << 20, Duration.ZERO, WhenFull.REFUSE))) {
      for (int i = 0; i < 10; i++) put(queue, "x".repeat(100_000));

      assertThatThrownBy(() -> put(queue, "x".repeat(100_000)))
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("the queue out is full since 1970-01-01T00:16:40Z")
          .hasMessageContaining("1000080 bytes wait");
      assertThat(queue.stats().fullSinceMs()).isEqualTo(1_000_000);
      queue.done(take(queue));
      put(queue, "x".repeat(100_000));

      assertThat(queue.stats().records()).isEqualTo(10);
      assertThat(queue.stats().fullSinceMs()).isZero();
      assertThat(lost).isEmpty();
    }
  }

  @Test
  void a_full_queue_that_drops_loses_the_oldest_counts_them_and_keeps_its_bound_on_disk()
      throws IOException {
    try (var queue = open(bounds(1 << 20, Duration.ZERO, WhenFull.DROP_OLDEST))) {
      put(queue, "on its way");
      queue.next(); // and never done: its receiver is gone
      for (int i = 0; i < 200; i++) put(queue, i + " " + "x".repeat(50_000));

      assertThat(queue.stats().bytes()).isLessThanOrEqualTo(1 << 20);
      assertThat(lost).hasSizeGreaterThan(175).first().isEqualTo("queue_full 0");
      assertThat(text(take(queue))).startsWith(lost.size() + " ");
      assertThat(bytesOnDisk()).isLessThan((1 << 20) + (400 << 10));
    }
  }

  @Test
  void what_is_too_old_is_passed_over_and_counted() throws IOException {
    try (var queue = open(bounds(1 << 20, Duration.ofHours(1), WhenFull.REFUSE))) {
      put(queue, "old");
      clock.advance(Duration.ofMinutes(61).toMillis());
      put(queue, "new");

      assertThat(text(take(queue))).isEqualTo("new");
      assertThat(lost).containsExactly("too_old old");
    }
  }

  @Test
  void a_queue_whose_folder_is_gone_takes_nothing_in_until_it_is_back() throws IOException {
    Path moved = folder.resolve("moved");
    try (var queue = open(ROOMY)) {
      put(queue, "one");
      assertThat(queue.lost()).isEmpty();
      Files.move(folder.resolve("out"), moved);

      assertThatThrownBy(() -> put(queue, "two"))
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining(folder.resolve("out").toString())
          .hasMessageContaining("was deleted or moved away while Oriel runs")
          .hasMessageContaining("restart Oriel");
      assertThat(queue.lost()).isPresent();
      assertThat(queue.stats().records()).isEqualTo(1);

      Files.move(moved, folder.resolve("out"));
      put(queue, "three");
      assertThat(queue.lost()).isEmpty();
      assertThat(rest(queue)).containsExactly("one", "three");
    }
  }

  @Test
  void a_queue_whose_folder_was_deleted_begins_empty_after_a_restart() throws IOException {
    try (var queue = open(ROOMY)) {
      put(queue, "one");
      deleteFolder();
      assertThatThrownBy(() -> put(queue, "two")).isInstanceOf(Refusal.Unavailable.class);
    }

    try (var queue = open(ROOMY)) {
      put(queue, "three");
      assertThat(rest(queue)).containsExactly("three");
    }
  }

  private void deleteFolder() throws IOException {
    try (var files = Files.list(folder.resolve("out"))) {
      for (Path file : files.toList()) Files.delete(file);
    }
    Files.delete(folder.resolve("out"));
  }

  @Test
  void a_damaged_queue_says_what_it_is_and_is_left_out_by_renaming_it() throws IOException {
    try (var queue = open(ROOMY)) {
      put(queue, "one");
    }
    Path segment = folder.resolve("out/00000001");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[2] ^= 1; // of the header
    Files.write(segment, bytes);

    assertThatThrownBy(() -> open(ROOMY))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("where samples wait to be sent, can't be read")
        .hasMessageContaining(segment.toString())
        .hasMessageContaining("rename that folder to out.damaged and start")
        .hasMessageNotContaining("backup");
    Files.move(folder.resolve("out"), folder.resolve("out.damaged"));

    try (var queue = open(ROOMY)) {
      assertThat(queue.next()).isNull();
    }
  }

  @Test
  void a_second_owner_is_refused() {
    try (var _ = open(ROOMY)) {
      assertThatThrownBy(() -> open(ROOMY))
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void the_position_file_is_what_the_format_page_draws() {
    assertThat(HexFormat.ofDelimiter(" ").formatHex(ReadPosition.bytes(new WalPosition(3, 0x1234))))
        .isEqualTo(
            "4f 52 4c 50 53 51 01 00 " // ORLPSQ, version 1
                + "03 00 00 00 00 00 00 00 " // segment
                + "34 12 00 00 00 00 00 00 " // offset
                + "a4 a5 b2 75"); // CRC-32C of the bytes before
  }

  @Test
  void a_record_is_what_the_format_page_draws() throws IOException {
    try (var queue = open(ROOMY)) {
      put(queue, "hello");
    }

    byte[] segment = Files.readAllBytes(folder.resolve("out/00000001"));
    assertThat(HexFormat.ofDelimiter(" ").formatHex(segment, 32, 32 + 8 + 13))
        .startsWith("0d 00 00 00 ") // 13 bytes
        .endsWith(" 40 42 0f 00 00 00 00 00 68 65 6c 6c 6f"); // 1,000,000 ms, hello
  }

  @Test
  void a_damaged_position_means_from_the_beginning_of_what_is_left() throws IOException {
    try (var queue = open(ROOMY)) {
      put(queue, "one");
      put(queue, "two");
      queue.done(take(queue));
    }
    byte[] position = Files.readAllBytes(folder.resolve("out/position"));
    position[9] ^= 1;
    Files.write(folder.resolve("out/position"), position);

    try (var queue = open(ROOMY)) {
      assertThat(rest(queue)).containsExactly("one", "two");
    }
  }

  private DurableQueue open(QueueBounds bounds) {
    return DurableQueue.open(
        Disk.real(),
        folder.resolve("out"),
        bounds,
        SyncPolicy.DEFAULT,
        clock,
        (record, why) ->
            lost.add(why.label() + " " + UTF_8.decode(record).toString().split(" ", -1)[0]));
  }

  static QueueBounds bounds(long bytes, Duration age, WhenFull whenFull) {
    return new QueueBounds(bytes, age, whenFull);
  }

  static void put(DurableQueue queue, String text) {
    queue.put(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static DurableQueue.Taken take(DurableQueue queue) throws IOException {
    return Objects.requireNonNull(queue.next(), "nothing waits");
  }

  static String text(DurableQueue.Taken taken) {
    return new String(taken.content(), UTF_8);
  }

  static List<String> rest(DurableQueue queue) throws IOException {
    var all = new ArrayList<String>();
    for (DurableQueue.Taken each; (each = queue.next()) != null; ) all.add(text(each));
    return all;
  }

  private long bytesOnDisk() throws IOException {
    long sum = 0;
    try (var files = Files.list(folder.resolve("out"))) {
      for (Path file : files.toList()) sum += Files.size(file);
    }
    return sum;
  }
}
