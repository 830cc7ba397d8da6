package io.oriel.metrics.head;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.storage.wal.Wal;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadTest {
  private static final int SERIES = 100;
  private static final int STEP_MS = 15_000;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(0);
  private final Head head = new Head(7_200_000, Limits.NORMAL);
  private Wal wal;
  private MetricWriter writer;
  private final long[] handles = new long[SERIES];

  @BeforeEach
  void open() {
    wal = Wal.open(Disk.real(), folder, SyncPolicy.DEFAULT, clock, 64 << 20);
    wal.replay(0, (_, _) -> {});
    writer = head.writer(wal, clock, () -> {});
    for (int i = 0; i < SERIES; i++) {
      handles[i] = writer.series(Labels.of("__name__", "m", "i", "" + i));
    }
  }

  @AfterEach
  void close() {
    writer.close();
    wal.close();
  }

  /** Values of which each tells its time, so that a reader sees what does not belong together. */
  private static double valueAt(long time, int series) {
    return Math.floorDiv(time, STEP_MS) * 0.5 + series;
  }

  private void scrape() {
    clock.advance(STEP_MS);
    long now = clock.millis();
    for (int i = 0; i < SERIES; i++) writer.sample(handles[i], now, valueAt(now, i));
    writer.commit();
  }

  @Test
  void appending_to_known_series_allocates_nothing_a_sample() {
    for (int i = 0; i < 3000; i++) scrape();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    for (int i = 0; i < 1000; i++) scrape();

    long perSample = (threads.getCurrentThreadAllocatedBytes() - before) / (1000 * SERIES);
    assertThat(perSample).as("bytes").isLessThan(10); // a commit's few objects, and pages of chunks
  }

  @Test
  void readers_see_whole_series_while_the_writer_goes_on() throws InterruptedException {
    var done = new AtomicBoolean();
    var wrong = new AtomicReference<String>("");
    var readers = new Thread[2];
    for (int r = 0; r < readers.length; r++) {
      int offset = r;
      readers[r] = Thread.ofPlatform().start(() -> readUntil(done, wrong, offset));
    }

    for (int i = 0; i < 4000 && wrong.get().isEmpty(); i++) scrape();
    done.set(true);
    for (Thread reader : readers) reader.join();

    assertThat(wrong.get()).isEmpty();
  }

  private void readUntil(AtomicBoolean done, AtomicReference<String> wrong, int offset) {
    var reader = new SeriesReader();
    var columns = new SampleColumns();
    int[] seen = new int[SERIES];
    for (int n = offset; !done.get(); n++) {
      int series = n % SERIES;
      columns.clear();
      head.read((int) handles[series], Long.MIN_VALUE, Long.MAX_VALUE, columns, reader);
      if (columns.size < seen[series]) wrong.set("fewer samples than before");
      seen[series] = columns.size;
      for (int i = 0; i < columns.size; i++) {
        long time = (i + 1L) * STEP_MS;
        if (columns.times[i] != time || columns.values[i] != valueAt(time, series)) {
          wrong.set("series %d sample %d: %d".formatted(series, i, columns.times[i]));
        }
      }
    }
  }

  @Test
  void reading_allocates_nothing_once_there_is_room() {
    for (int i = 0; i < 1000; i++) scrape();
    var reader = new SeriesReader();
    var columns = new SampleColumns(2000);
    for (int i = 0; i < 2000; i++) read(reader, columns);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    for (int i = 0; i < 1000; i++) read(reader, columns);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(10_000); // of 1000 reads
    assertThat(columns.size).isEqualTo(1000);
  }

  private void read(SeriesReader reader, SampleColumns columns) {
    columns.clear();
    head.read((int) handles[7], Long.MIN_VALUE, Long.MAX_VALUE, columns, reader);
  }
}
