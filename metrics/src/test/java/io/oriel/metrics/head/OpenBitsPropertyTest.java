package io.oriel.metrics.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.SampleColumns;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OpenBitsPropertyTest {
  private static final long WINDOW_MS = 1L << 31;

  @Property
  void what_is_appended_is_read_bit_for_bit_across_cells_and_seals(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 600) int count,
      @ForAll @IntRange(min = 1, max = 26) int timeBits,
      @ForAll @IntRange(min = 1, max = 64) int valueBits) {
    var random = new Random(seed);
    var shard = new HeadShard(WINDOW_MS);
    int slot = shard.takeSlot();
    shard.create(slot);
    var expected = new SampleColumns();
    long time = -WINDOW_MS;
    for (int i = 0; i < count; i++) {
      time += 1 + (random.nextLong() >>> (64 - timeBits));
      long value = random.nextLong() >>> (64 - valueBits) << random.nextInt(64);
      shard.append(slot, time, value, Math.floorDiv(time, WINDOW_MS) * WINDOW_MS);
      expected.add(time, Double.longBitsToDouble(value));
    }

    var read = new SampleColumns();
    new SeriesReader().read(shard, slot, Long.MIN_VALUE, Long.MAX_VALUE, read);

    assertThat(read.size).isEqualTo(expected.size);
    for (int i = 0; i < read.size; i++) {
      assertThat(read.times[i]).isEqualTo(expected.times[i]);
      assertThat(Double.doubleToRawLongBits(read.values[i]))
          .isEqualTo(Double.doubleToRawLongBits(expected.values[i]));
    }
  }
}
