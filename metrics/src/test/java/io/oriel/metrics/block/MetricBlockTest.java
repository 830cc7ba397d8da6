package io.oriel.metrics.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.BlockBuilder;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricBlockTest {
  private static final long START = 7_200_000;

  @TempDir Path data;
  private DataFolder folder;
  private BlockFolder<MetricBlock> blocks;

  @BeforeEach
  void open() {
    folder = DataFolder.open(Disk.real(), data, "metrics");
    blocks = BlockFolder.open(folder, ManifestFile.open(folder), MetricBlock::open);
  }

  @AfterEach
  void close() {
    blocks.close();
    folder.close();
  }

  private interface Filling {
    void fill(MetricBlockWriter block) throws IOException;
  }

  private Path write(Filling filling) throws IOException {
    try (BlockBuilder builder = blocks.build("b1")) {
      var block = new MetricBlockWriter(builder, START);
      filling.fill(block);
      block.finish();
      blocks.publish(builder, new TimeRange(START, START + 7_199_999));
    }
    return folder.blocks().resolve("b1");
  }

  private static SampleColumns columns(int count, long stepMs, Random random) {
    var columns = new SampleColumns();
    for (int i = 0; i < count; i++) columns.add(START + i * stepMs, random.nextInt(1000) / 10.0);
    return columns;
  }

  private static Labels series(int i) {
    return Labels.of("__name__", "m", "i", "%05d".formatted(i));
  }

  @Test
  void a_block_is_what_the_format_page_draws() throws IOException {
    Path block =
        write(to -> {
          var columns = new SampleColumns();
          for (int i = 0; i < 4; i++) columns.add(START + 1000 + i * 15_000L, 1);
          to.add(series(0), columns);
          columns.values[3] = 2.5;
          to.add(series(1), columns);
        });

    assertThat(HexFormat.ofDelimiter(" ").formatHex(Files.readAllBytes(block.resolve("chunks"))))
        .isEqualTo(
            "4f 52 4c 4d 42 4b 03 00 " // header
                + "00 fc 1f " // values: constant 1
                + "01 01 00 04 14 00 f0 " // scaled by 10: 10 and 0, 0, 0, 15 in 4 bits
                + "d0 0f c8 df 02 04 11 00 b0 ea 01 " // times, once
                + "01 00 03 01 00 07 " // each series: one chunk, times at 0, bytes of values
                + "00 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 " // the first group
                + "22 64 93 66 " // checksum of the only page
                + "02 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 " // 2 series, 8 samples
                + "02 00 00 00 00 00 00 00 00 dd 6d 00 00 00 00 00 " // 2 chunks, from 2 hours on
                + "12 00 00 00 00 00 00 00 1d 00 00 00 00 00 00 00 " // times, series
                + "23 00 00 00 00 00 00 00 33 00 00 00 00 00 00 00 " // groups, checksums
                + "4f 9a 94 c1 00 00 00 00 4f 52 4c 4d 42 4b 03 00");
  }

  /** As version 1 wrote it: floats alone. The index is the same. */
  @Test
  void a_block_of_version_1_is_still_read() throws IOException {
    isStillRead(
        "4f 52 4c 4d 42 4b 01 00 00 fc 1f 01 01 00 04 14 00 f0 d0 0f c8 df 02 04 11 00 b0 ea 01 "
            + "01 00 03 01 00 07 00 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 40 2d b3 bb "
            + "02 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 "
            + "00 dd 6d 00 00 00 00 00 12 00 00 00 00 00 00 00 1d 00 00 00 00 00 00 00 "
            + "23 00 00 00 00 00 00 00 33 00 00 00 00 00 00 00 4f 9a 94 c1 00 00 00 00 "
            + "4f 52 4c 4d 42 4b 01 00");
  }

  /** As version 2 wrote it: without aggregates. */
  @Test
  void a_block_of_version_2_is_still_read() throws IOException {
    isStillRead(
        "4f 52 4c 4d 42 4b 02 00 00 fc 1f 01 01 00 04 14 00 f0 d0 0f c8 df 02 04 11 00 b0 ea 01 "
            + "01 00 03 01 00 07 00 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 93 40 03 08 "
            + "02 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 "
            + "00 dd 6d 00 00 00 00 00 12 00 00 00 00 00 00 00 1d 00 00 00 00 00 00 00 "
            + "23 00 00 00 00 00 00 00 33 00 00 00 00 00 00 00 4f 9a 94 c1 00 00 00 00 "
            + "4f 52 4c 4d 42 4b 02 00");
  }

  private void isStillRead(String bytes) throws IOException {
    Path block =
        write(to -> {
          var columns = new SampleColumns();
          columns.add(START + 1000, 1);
          to.add(series(0), columns);
          to.add(series(1), columns);
        });
    close();
    Files.write(block.resolve("chunks"), HexFormat.ofDelimiter(" ").parseHex(bytes));
    open();

    try (var lease = blocks.borrow(TimeRange.ALWAYS).getFirst()) {
      var read = new SampleColumns();
      lease.block().read(1, Long.MIN_VALUE, Long.MAX_VALUE, read, new MetricBlock.Cursor());

      assertThat(lease.block().damage()).isNull();
      assertThat(read.size).isEqualTo(4);
      assertThat(read.values[3]).isEqualTo(2.5);
      assertThat(read.times[3]).isEqualTo(START + 46_000);
    }
  }

  @Test
  void what_was_written_is_read_in_parts_and_whole() throws IOException {
    int count = 1000;
    write(to -> {
      var random = new Random(1);
      for (int i = 0; i < count; i++) to.add(series(i), columns(1 + i % 700, 10_000, random));
    });

    try (var lease = blocks.borrow(TimeRange.ALWAYS).getFirst()) {
      MetricBlock block = lease.block();
      var cursor = new MetricBlock.Cursor();
      var random = new Random(1);
      var read = new SampleColumns();
      for (int i = 0; i < count; i++) {
        SampleColumns expected = columns(1 + i % 700, 10_000, random);
        read.clear();
        block.read(i, Long.MIN_VALUE, Long.MAX_VALUE, read, cursor);
        assertThat(read.size).isEqualTo(expected.size);
        for (int s = 0; s < read.size; s++) {
          assertThat(read.times[s]).isEqualTo(expected.times[s]);
          assertThat(read.values[s]).isEqualTo(expected.values[s]);
        }
        block.read(i, START + 10_001, START + 50_000, read, cursor);
        assertThat(read.size - expected.size).isEqualTo(Math.clamp(expected.size - 2, 0, 4));
      }
      assertThat(block.labels().matching(List.of(Matcher.equal("i", "00042"))).toArray())
          .containsExactly(42);
    }
  }

  @Test
  void series_of_one_scrape_share_their_times() throws IOException {
    var jitter = new Random(1);
    var columns = new SampleColumns();
    for (int i = 0; i < 400; i++) columns.add(START + i * 15_000L + jitter.nextInt(100), 7);

    Path block =
        write(to -> {
          for (int i = 0; i < 1000; i++) to.add(series(i), columns);
        });

    assertThat(Files.size(block.resolve("chunks")) / 1000).isLessThan(10); // a series, of 400 times
  }

  @Test
  void any_flipped_bit_is_noticed_and_gives_no_wrong_sample() throws IOException {
    Path block = write(to -> to.add(series(0), columns(100, 1000, new Random(2))));
    byte[] whole = Files.readAllBytes(block.resolve("chunks"));
    blocks.close();
    folder.close();

    for (int bit = 0; bit < whole.length * 8; bit += 5) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(block.resolve("chunks"), damaged);
      open();
      try (var lease = blocks.borrow(TimeRange.ALWAYS).getFirst()) {
        var read = new SampleColumns();
        lease.block().read(0, Long.MIN_VALUE, Long.MAX_VALUE, read, new MetricBlock.Cursor());
        boolean inPadding = bit / 8 >= whole.length - 12 && bit / 8 < whole.length - 8;
        assertThat(lease.block().damage() != null || inPadding).as("bit %s", bit).isTrue();
        assertThat(read.size).isEqualTo(inPadding ? 100 : 0);
      }
      blocks.close();
      folder.close();
    }
    open();
  }
}
