package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a disk spoiled: what is damaged is named, and costs nothing beside it. */
class MetricStoreDamageTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final Labels UP = Labels.of("__name__", "up", "job", "node");

  private static final List<Matcher> ALL = List.of(Matcher.regex(Labels.NAME, ".+"));

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0);
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

  private void append(long timeMs, double value) {
    writer.sample(writer.series(UP), timeMs, value);
    writer.commit();
  }

  private Map<Long, Long> samples() {
    return Samples.all(store.source()).getOrDefault(UP, new TreeMap<>());
  }

  /** A file of the store's first block. */
  private Path file(String name) {
    String block = store.stats().blocks().getFirst().name();
    return folder.resolve("metrics/blocks").resolve(block).resolve(name);
  }

  @Test
  void a_torn_tail_of_the_log_costs_only_the_record_that_is_torn() throws IOException {
    append(T0, 1);
    append(T0 + 1, 2);
    close();
    Files.write(lastSegment(), new byte[] {9, 0, 0, 0, 1, 2, 3}, StandardOpenOption.APPEND);

    open();

    assertThat(samples()).containsOnlyKeys(T0, T0 + 1);
  }

  @Test
  void a_record_of_another_program_is_refused_with_file_and_offset() throws IOException {
    append(T0, 1);
    store.close();
    byte[] record = {1, 1, -2, -1, -1, -1, 15, 0, 0, 0}; // one series, numbered 2147483647
    appendToLog(record);

    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("the record at offset ")
        .hasMessageContaining(lastSegment().toString())
        .hasMessageContaining("it names a series 2147483647");

    Files.delete(lastSegment());
    open();
  }

  private void appendToLog(byte[] record) throws IOException {
    var crc = new CRC32C();
    crc.update(record);
    ByteBuffer frame = ByteBuffer.allocate(8 + record.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(record.length).putInt((int) crc.getValue()).put(record);
    Path segment = lastSegment();
    Files.write(segment, frame.array(), StandardOpenOption.APPEND);
  }

  private Path lastSegment() throws IOException {
    try (var segments = Files.list(folder.resolve("metrics/wal"))) {
      return segments.sorted().reduce((_, b) -> b).orElseThrow();
    }
  }

  @Test
  void a_query_that_meets_a_damaged_index_first_gets_what_the_other_blocks_hold()
      throws IOException {
    append(T0, 1);
    store.cutBlock();
    append(T0 + 1, 2);
    Path index = file("index");
    close();
    byte[] whole = Files.readAllBytes(index);

    for (int at = 0; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) 0x80;
      Files.write(index, bytes);
      open();
      assertThat(Samples.all(store.source()).values())
          .as("byte %s", at)
          .anySatisfy(samples -> assertThat(samples).containsKey(T0 + 1));
      store.source().labelNames(List.of(), TimeRange.ALWAYS, 0);
      store.source().series(List.of(), TimeRange.ALWAYS, 0);
      close();
    }
    Files.write(index, whole);
    open();
  }

  @Test
  void a_damaged_block_is_named_and_costs_no_other() throws IOException {
    append(T0, 1);
    store.cutBlock();
    append(T0 + 1, 2);
    store.cutBlock();
    append(T0 + 2, 3);
    Path chunks = file("chunks");
    close();
    byte[] bytes = Files.readAllBytes(chunks);
    bytes[9] ^= 1;
    Files.write(chunks, bytes);

    open();

    assertThat(samples()).containsOnlyKeys(T0 + 1, T0 + 2);
    assertThat(store.stats().blocks().getFirst().damage()).contains("offset 0");
    assertThat(store.stats().blocks().getLast().damage()).isNull();
  }

  @Test
  void a_folder_that_is_deleted_under_the_running_store_stops_intake_by_name() throws IOException {
    append(T0, 1);
    clock.advance(2_000);
    assertThat(store.lost()).isEmpty();
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    Files.move(folder, moved);
    clock.advance(2_000);

    assertThatThrownBy(() -> append(T0 + 1, 2))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("was deleted or moved away while Oriel runs")
        .hasMessageContaining("move it back");
    assertThat(store.lost()).isPresent();
    assertThat(samples()).containsOnlyKeys(T0);

    Files.move(moved, folder);
    clock.advance(2_000);
    append(T0 + 2, 3);

    assertThat(store.lost()).isEmpty();
    assertThat(samples()).containsOnlyKeys(T0, T0 + 2);
  }

  @Test
  void an_answer_that_lacks_a_damaged_block_says_which() throws IOException {
    append(T0, 1);
    store.cutBlock();
    append(T0 + 1, 2);
    Path chunks = file("chunks");
    close();
    byte[] bytes = Files.readAllBytes(chunks);
    bytes[9] ^= 1;
    Files.write(chunks, bytes);
    open();

    try (var selected = store.source().select(ALL, new TimeRange(T0, T0 + 1))) {
      selected.read(0, new SampleColumns());

      assertThat(selected.warnings())
          .singleElement()
          .asString()
          .contains(
              "metrics/blocks/" + store.stats().blocks().getFirst().name(),
              "offset 0",
              "2023-11-14T22:13:20Z");
    }
    try (var selected = store.source().select(ALL, new TimeRange(T0 + 1, T0 + 1))) {
      selected.read(0, new SampleColumns());

      assertThat(selected.warnings()).isEmpty();
    }
    assertThat(store.source().warnings(TimeRange.ALWAYS)).hasSize(1);
  }
}
