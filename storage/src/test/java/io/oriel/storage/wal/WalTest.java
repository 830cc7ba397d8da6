package io.oriel.storage.wal;

import static io.oriel.storage.wal.WalRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.WalRecords.Opened;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WalTest {
  private static final long SEGMENT_BYTES = 64 << 20;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  @Test
  void a_segment_is_what_the_format_page_draws() throws IOException {
    try (var wal = open()) {
      wal.wal().append(utf8("hello"));
    }

    assertThat(HexFormat.ofDelimiter(" ").formatHex(Files.readAllBytes(segment(1))))
        .isEqualTo(
            "4f 52 4c 57 41 4c 01 00 01 00 00 00 00 00 00 00 " // ORLWAL, version 1, number 1
                + "08 00 00 80 c1 44 a1 f7 10 00 00 00 00 00 00 00 " // mark: durable up to 16
                + "05 00 00 00 4c bb 71 9a 68 65 6c 6c 6f " // hello
                + "08 00 00 80 7c d3 cd 54 2d 00 00 00 00 00 00 00"); // mark: durable up to 45
  }

  @Test
  void a_segment_cut_at_any_byte_yields_the_whole_records_before_the_cut() throws IOException {
    byte[] whole = written("scrape 1", "scrape 2", "scrape 3");
    int first = 32; // behind header and mark
    int frame = 16;

    for (int cut = 0; cut <= whole.length; cut++) {
      Files.write(segment(1), java.util.Arrays.copyOf(whole, cut));
      try (var wal = open()) {
        int expected = Math.clamp((cut - first) / frame, 0, 3);
        assertThat(wal.records()).as("cut at %s", cut).hasSize(expected);
      }
      Files.delete(segment(1));
    }
  }

  @Test
  void after_a_torn_tail_the_log_goes_on_where_it_was_cut() throws IOException {
    byte[] whole = written("one", "two");
    Files.write(segment(1), java.util.Arrays.copyOf(whole, 32 + 11 + 5));

    try (var wal = open()) {
      assertThat(wal.replayed().tornBytes()).isEqualTo(5);
      wal.wal().append(utf8("three"));
    }

    try (var wal = open()) {
      assertThat(wal.records()).containsExactly("one", "three");
      assertThat(wal.replayed().tornBytes()).isZero();
    }
  }

  @Test
  void a_flipped_bit_before_a_sync_mark_stops_the_start_with_file_and_offset() throws IOException {
    byte[] whole = written("scrape 1", "scrape 2", "scrape 3");
    int lastMark = whole.length - 16;

    for (int bit = 0; bit < 8 * lastMark; bit += 3) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(segment(1), flipped);
      assertThatThrownBy(this::open, "bit %s", bit)
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining(segment(1).toString());
    }
  }

  @Test
  void a_flipped_bit_behind_the_last_mark_never_yields_a_record_that_was_not_written()
      throws IOException {
    byte[] whole = written("scrape 1", "scrape 2", "scrape 3");
    byte[] unmarked = java.util.Arrays.copyOf(whole, whole.length - 16);

    for (int bit = 8 * 32; bit < 8 * unmarked.length; bit++) {
      byte[] flipped = unmarked.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(segment(1), flipped);
      try (var wal = open()) {
        int before = (bit / 8 - 32) / 16;
        assertThat(wal.records())
            .as("bit %s", bit)
            .isEqualTo(List.of("scrape 1", "scrape 2", "scrape 3").subList(0, before));
      }
    }
  }

  @Test
  void damage_in_an_earlier_segment_stops_the_start_with_file_and_offset() throws IOException {
    try (var wal = open()) {
      wal.wal().append(utf8("one"));
      wal.wal().roll();
      wal.wal().append(utf8("two"));
    }
    byte[] bytes = Files.readAllBytes(segment(1));
    Files.write(segment(1), java.util.Arrays.copyOf(bytes, 32 + 11 - 1));

    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessage(
            "the write-ahead log is damaged: %s at offset 32; restore the data folder from a backup, or move this file and the later ones out of %s to start without their records"
                .formatted(segment(1), folder));
  }

  @Test
  void a_segment_that_is_missing_stops_the_start() throws IOException {
    try (var wal = open()) {
      for (int i = 0; i < 3; i++) {
        wal.wal().append(utf8("record"));
        wal.wal().roll();
      }
    }
    Files.delete(segment(2));

    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("lacks a segment: " + segment(2));
    assertThatThrownBy(() ->
            Wal.open(Disk.real(), folder, SyncPolicy.ALWAYS, clock, 1).replay(9, (_, _) -> {}))
        .hasMessageContaining("lacks a segment: " + segment(9));
  }

  @Test
  void a_whole_record_that_makes_no_sense_stops_the_start_with_file_and_offset()
      throws IOException {
    byte[] whole = written("one", "two");
    Files.write(segment(1), whole);
    try (var wal = Wal.open(Disk.real(), folder, SyncPolicy.ALWAYS, clock, SEGMENT_BYTES)) {
      assertThatThrownBy(() ->
              wal.replay(
                  0,
                  (_, record) -> {
                    if (record.get(0) == 't') throw new IndexOutOfBoundsException("string 9 of 3");
                  }))
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessage(
              "the record at offset 43 of %s is whole and can't be read (string 9 of 3); start the version of Oriel that wrote it, or choose another folder with --data DIR"
                  .formatted(segment(1)));
    }

    assertThat(Files.readAllBytes(segment(1))).isEqualTo(whole);
  }

  @Test
  void a_segment_of_a_newer_version_is_left_alone() throws IOException {
    byte[] whole = written("one");
    whole[6] = 2;
    Files.write(segment(1), whole);

    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("was written by a newer Oriel (format 2)");
    assertThat(Files.readAllBytes(segment(1))).isEqualTo(whole);
  }

  @Test
  void a_log_in_many_small_segments_is_read_in_order() {
    var sent = new ArrayList<String>();
    try (var wal = open(SyncPolicy.DEFAULT, 100)) {
      for (int i = 0; i < 50; i++) {
        sent.add("record " + i);
        wal.wal().append(utf8(sent.getLast()));
      }
    }

    try (var wal = open(SyncPolicy.DEFAULT, 100)) {
      assertThat(wal.records()).isEqualTo(sent);
      assertThat(wal.replayed().segments()).isGreaterThan(5);
    }
  }

  @Test
  void segments_before_a_checkpoint_are_cut_and_not_read_again() {
    long from;
    try (var wal = open()) {
      wal.wal().append(utf8("before"));
      from = wal.wal().roll();
      wal.wal().append(utf8("after"));
      wal.wal().cut(from);
    }

    try (var wal = open()) {
      assertThat(wal.records()).containsExactly("after");
      assertThat(from).isEqualTo(2);
    }
  }

  @Test
  void rolling_twice_without_a_record_between_stays_in_the_same_segment() {
    try (var wal = open()) {
      wal.wal().append(utf8("one"));

      assertThat(wal.wal().roll()).isEqualTo(2);
      assertThat(wal.wal().roll()).isEqualTo(2);
    }
  }

  @Test
  void a_record_of_the_greatest_length_comes_back_and_a_longer_one_is_a_defect_of_the_caller() {
    try (var wal = open()) {
      wal.wal().append(ByteBuffer.allocate(Wal.MAX_RECORD_BYTES));
      wal.wal().append(utf8("next"));

      assertThatThrownBy(() -> wal.wal().append(ByteBuffer.allocate(Wal.MAX_RECORD_BYTES + 1)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    try (var wal = open()) {
      assertThat(wal.records()).hasSize(2);
      assertThat(wal.records().getLast()).isEqualTo("next");
    }
  }

  @Test
  void appending_leaves_the_callers_buffer_as_it_was_and_keeps_nothing_of_it() {
    ByteBuffer record = utf8("first");
    try (var wal = open()) {
      wal.wal().append(record);
      assertThat(record.remaining()).isEqualTo(5);
      record.put(0, (byte) 'w');
      wal.wal().append(record);
    }

    try (var wal = open()) {
      assertThat(wal.records()).containsExactly("first", "wirst");
    }
  }

  @Test
  void an_append_after_closing_is_refused() {
    Opened wal = open();
    wal.close();

    assertThatThrownBy(() -> wal.wal().append(utf8("late")))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("is closed");
  }

  @Test
  @Timeout(10)
  void closing_twice_is_closing_once() {
    Opened wal = open();
    wal.wal().append(utf8("kept"));
    wal.close();

    wal.close();

    try (var again = open()) {
      assertThat(again.records()).containsExactly("kept");
    }
  }

  @Test
  void records_of_many_threads_share_writes_and_each_threads_order_is_kept() throws Exception {
    int threads = 64;
    int each = 200;
    long batches;
    try (var wal = open(SyncPolicy.ALWAYS, SEGMENT_BYTES)) {
      var running = new ArrayList<Thread>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        running.add(
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < each; i++) wal.wal().append(utf8(thread + " " + i));
            }));
      }
      for (Thread thread : running) thread.join();
      batches = wal.wal().stats().batches();
    }

    try (var wal = open()) {
      assertThat(wal.records()).hasSize(threads * each);
      for (int t = 0; t < threads; t++) {
        String prefix = t + " ";
        var own = wal.records().stream().filter(r -> r.startsWith(prefix)).toList();
        var expected = new ArrayList<String>();
        for (int i = 0; i < each; i++) expected.add(prefix + i);
        assertThat(own).isEqualTo(expected);
      }
    }
    assertThat(batches).isLessThan(threads * each / 4);
  }

  @Test
  void a_log_that_is_rolled_and_cut_while_somebody_looks_for_its_file_is_not_gone()
      throws IOException {
    var real = Disk.real();
    var hook = new Runnable[1];
    var disk =
        (Disk)
            Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (_, method, arguments) -> {
                  Runnable now = hook[0];
                  hook[0] = () -> {};
                  if (method.getName().equals("identity")) now.run();
                  else hook[0] = now;
                  return method.invoke(real, arguments);
                });
    var segments = new Segments(disk, folder);
    hook[0] = () -> {};
    segments.create(1).close();
    hook[0] =
        () -> {
          try {
            segments.create(2).close();
            segments.cut(2);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        };

    assertThat(segments.isThere()).isTrue();
    Files.delete(folder.resolve("00000002"));
    assertThat(segments.isThere()).isFalse();
  }

  @Test
  void appending_allocates_next_to_nothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer record = ByteBuffer.allocate(10_000);
    try (var wal = open()) {
      for (int i = 0; i < 2000; i++) wal.wal().append(record);

      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) wal.wal().append(record);

      // what is left is the waiting: a node in a queue, now and then
      assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 1000).isLessThan(150);
    }
  }

  private byte[] written(String... records) throws IOException {
    try (var wal = open()) {
      for (String record : records) wal.wal().append(utf8(record));
    }
    byte[] bytes = Files.readAllBytes(segment(1));
    Files.delete(segment(1));
    return bytes;
  }

  private Opened open() {
    return open(SyncPolicy.DEFAULT, SEGMENT_BYTES);
  }

  private Opened open(SyncPolicy policy, long segmentBytes) {
    return WalRecords.open(Disk.real(), folder, policy, clock, segmentBytes);
  }

  private Path segment(int number) {
    return folder.resolve("%08d".formatted(number));
  }
}
