package io.oriel.metrics.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records and checkpoints whose checksums are right and whose numbers nobody can have written. */
class ForeignBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_BYTES = 4 << 20;

  private final Head head = new Head(7_200_000, Limits.NORMAL.with(Limit.SERIES, 1000));

  private static void allocatesLittle(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
  }

  private static ByteBuffer record(int id) {
    var record = new BatchRecord();
    record.clear();
    record.series(id, Labels.of("__name__", "up"));
    return record.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 1 << 30, 100_000, -1, Integer.MIN_VALUE})
  void a_series_number_that_was_never_given_out_is_refused_before_room_is_made_for_it(int id) {
    allocatesLittle(() ->
        assertThatThrownBy(() -> head.replay(record(id)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("it names a series " + id)
            .hasMessageContaining("limits.series"));
  }

  @Test
  void a_checkpoint_of_version_1_is_still_read() {
    String version1 =
        "01 01 04 02 00 08 5f 5f 6e 61 6d 65 5f 5f 00 02 75 70 00 03 6a 6f 62 00 04 6e 6f 64 65 "
            + "00 03 30 a8 d9 cf 8b 01 00 00 00 00 00 00 00 00 00 40 b0 ea 01 01 0b b5 01 "
            + "00 33 d9 cf 8b 01 00 00 00 00 00 00 00 00 f0 3f c3 d4 01 e0 a0 fc 1f 00 "
            + "02 02 00 05 67 61 75 67 65 00 03 55 70 3f 00 00 00 00 00 00 00 00 00 00 00";
    var head = new Head(7_200_000, Limits.NORMAL);

    HeadCheckpoint.read(MemorySegment.ofArray(HexFormat.ofDelimiter(" ").parseHex(version1)), head);

    var read = new SampleColumns();
    head.read(2, Long.MIN_VALUE, Long.MAX_VALUE, read, new SeriesReader());
    assertThat(read.size).isEqualTo(3);
    assertThat(read.values[2]).isEqualTo(2);
    assertThat(head.metadata()).containsKey("up");
  }

  @Test
  void a_number_within_the_limit_is_taken() {
    head.replay(record(4000));

    assertThat(head.seriesCount()).isEqualTo(1);
  }

  @Test
  void a_checkpoint_that_names_a_foreign_series_says_at_which_offset() {
    var body = new ColumnWriter();
    body.putByte(HeadCheckpoint.VERSION);
    body.putByte(1); // a series
    body.putSigned(Integer.MAX_VALUE);
    body.putVarint(0); // without labels

    allocatesLittle(
        () -> assertThatThrownBy(() -> read(body)).hasMessageStartingWith("at offset "));
  }

  @Test
  void a_chunk_longer_than_chunks_are_is_refused_before_room_is_made_for_it() {
    var body = new ColumnWriter();
    body.putByte(HeadCheckpoint.VERSION);
    body.putByte(1);
    body.putSigned(1);
    body.putVarint(0);
    body.putVarint(1); // one chunk
    body.putSigned(1000);
    body.putVarint(1000);
    body.putVarint(2);
    body.putVarint(1 << 30); // bytes

    allocatesLittle(
        () -> assertThatThrownBy(() -> read(body)).hasMessageStartingWith("at offset "));
  }

  private void read(ColumnWriter body) {
    byte[] bytes = java.util.Arrays.copyOf(body.bytes, body.size + 16);
    HeadCheckpoint.read(MemorySegment.ofArray(bytes), head);
  }
}
