package io.oriel.wire.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that Prometheus' own tool has written are read as what went into them. */
class PrometheusBlockTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final long SEED = 20_261_121;
  private static final long START_S = 1_790_000_000;

  @TempDir Path folder;
  private final Map<Labels, Map<Long, Double>> written = new TreeMap<>();

  @BeforeEach
  void blocks_of_the_real_tool() throws Exception {
    assumeTrue(
        Files.isExecutable(PROMTOOL),
        "skipped, nothing was checked: promtool is not installed (Debian: apt-get install prometheus)");
    var random = new Random(SEED);
    var page = new StringBuilder("# TYPE x gauge\n");
    for (int series = 0; series < 40; series++) {
      var samples = new TreeMap<Long, Double>();
      long time = START_S * 1000 + random.nextInt(1000);
      int count = 1 + random.nextInt(700);
      for (int i = 0; i < count; i++) {
        samples.put(time, value(random, series, i));
        time += series % 3 == 0 ? 15_000 : 1 + random.nextInt(60_000);
      }
      Labels labels = Labels.of(Labels.NAME, "x", "i", "s" + series, "text", "a\"b\\c\nd €");
      written.put(labels, samples);
      samples.forEach((ms, value) ->
          page.append("x{i=\"")
              .append(labels.get("i"))
              .append("\",text=\"a\\\"b\\\\c\\nd €\"} ")
              .append(text(value))
              .append(' ')
              .append(ms / 1000)
              .append("%.3f\n".formatted(ms % 1000 / 1000.0).substring(1)));
    }
    Path input = Files.writeString(folder.resolve("page"), page.append("# EOF\n"));
    Path blocks = folder.resolve("blocks");
    var made =
        new ProcessBuilder(
                PROMTOOL.toString(),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                "" + input,
                "" + blocks)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(made.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
  }

  private static double value(Random random, int series, int i) {
    return switch (series % 5) {
      case 0 -> 42;
      case 1 -> i * 3;
      case 2 -> random.nextGaussian();
      case 3 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62)); // finite, of any size
      default -> new double[] {Double.NaN, 1.0 / 0, -1.0 / 0, 0, -0.0, 1e300}[random.nextInt(6)];
    };
  }

  private static String text(double value) {
    if (Double.isNaN(value)) return "NaN";
    if (Double.isInfinite(value)) return value > 0 ? "+Inf" : "-Inf";
    return Double.toString(value);
  }

  private List<Path> found() throws IOException {
    return PrometheusBlock.in(folder.resolve("blocks"));
  }

  @Test
  void every_sample_of_every_series_is_read_bit_by_bit_and_in_order() throws IOException {
    var read = new TreeMap<Labels, Map<Long, Double>>();
    for (Path block : found()) {
      var order = new ArrayList<Labels>();
      try (var open = PrometheusBlock.open(block)) {
        open.read(
            TimeRange.ALWAYS,
            (labels, samples) -> {
              order.add(labels);
              var of = read.computeIfAbsent(labels, _ -> new TreeMap<>());
              for (int i = 0; i < samples.size; i++) of.put(samples.times[i], samples.values[i]);
            });
      }
      assertThat(order).isSortedAccordingTo(Comparator.naturalOrder()).isNotEmpty();
    }

    assertThat(found()).hasSizeGreaterThan(3); // of two hours each
    assertThat(read).isEqualTo(written);
  }

  @Test
  void a_range_gives_the_samples_within_it_and_the_block_knows_its_own() throws IOException {
    Path block = found().get(1);
    try (var open = PrometheusBlock.open(block)) {
      TimeRange whole = java.util.Objects.requireNonNull(open.range());
      var half = new TimeRange(whole.startMs(), (whole.startMs() + whole.endMs()) / 2);
      long[] outside = {0, 0};
      open.read(half, (_, samples) -> outside[0] += outside(samples, half));
      open.read(whole, (_, samples) -> outside[1] += outside(samples, half));

      assertThat(outside[0]).isZero();
      assertThat(outside[1]).isPositive();
    }
  }

  private static int outside(SampleColumns samples, TimeRange range) {
    int count = 0;
    for (int i = 0; i < samples.size; i++) {
      if (samples.times[i] < range.startMs() || samples.times[i] > range.endMs()) count++;
    }
    return count;
  }

  @Test
  void a_flipped_bit_anywhere_is_told_with_its_file_or_changes_nothing() throws IOException {
    Path block = found().getFirst();
    var random = new Random(SEED);
    for (String name : List.of("index", "chunks/000001")) {
      Path file = block.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int round = 0; round < 300; round++) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bad);
        assertGoodOrNamed(block, name);
      }
      Files.write(file, good);
    }
  }

  @Test
  void a_file_cut_anywhere_is_told_with_its_name() throws IOException {
    Path block = found().getFirst();
    var random = new Random(SEED);
    for (String name : List.of("index", "chunks/000001")) {
      Path file = block.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int round = 0; round < 60; round++) {
        Files.write(file, Arrays.copyOf(good, random.nextInt(good.length)));
        assertThatThrownBy(() -> readAll(block))
            .isInstanceOf(DamagedFile.class)
            .hasMessageContaining(name);
      }
      Files.write(file, good);
    }
  }

  private void assertGoodOrNamed(Path block, String name) throws IOException {
    try {
      readAll(block)
          .forEach((labels, samples) -> {
            assertThat(written).containsKey(labels);
            assertThat(written.get(labels)).containsAllEntriesOf(samples);
          });
    } catch (DamagedFile damaged) {
      assertThat(damaged).hasMessageContaining(name);
    }
  }

  private static Map<Labels, Map<Long, Double>> readAll(Path block) throws IOException {
    var read = new TreeMap<Labels, Map<Long, Double>>();
    try (var open = PrometheusBlock.open(block)) {
      open.read(
          TimeRange.ALWAYS,
          (labels, samples) -> {
            var of = read.computeIfAbsent(labels, _ -> new TreeMap<>());
            for (int i = 0; i < samples.size; i++) of.put(samples.times[i], samples.values[i]);
          });
    }
    return read;
  }

  @Test
  void what_is_no_block_is_said_so() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertThat(PrometheusBlock.in(empty)).isEmpty();
    assertThatThrownBy(() -> PrometheusBlock.open(empty))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("index");
  }
}
