package io.oriel.metrics.inspect;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk spoiled is found, wherever it is, and named with its file. */
class VerificationTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 60;

  @TempDir Path folder;

  @BeforeEach
  void a_store_with_all_kinds_of_files() throws IOException {
    var config = MetricStoreConfig.in(folder).withFreeBytes(0);
    try (var store = MetricStore.open(config, new ManualClock(T0));
        MetricWriter writer = store.sink().writer()) {
      var random = new Random(SEED);
      for (int part = 0; part < 3; part++) {
        for (int i = 0; i < 300; i++) {
          for (int series = 0; series < 30; series++) {
            long handle = writer.series(Labels.of(Labels.NAME, "m" + series, "part", "p" + part));
            writer.sample(handle, T0 + (part - 3) * 1_000_000L + i * 1000L, random.nextGaussian());
          }
          writer.commit();
        }
        if (part == 0) store.cutBlock();
        if (part == 1) store.checkpoint();
      }
    }
  }

  private Verification verify() {
    return Verification.of(folder, Limits.NORMAL);
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("metrics").resolve(below))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void a_store_that_is_whole_has_no_findings() {
    Verification verified = verify();

    assertThat(verified.findings()).isEmpty();
    assertThat(verified.blocks()).isEqualTo(1);
    assertThat(verified.files()).isGreaterThanOrEqualTo(5);
    assertThat(verified.holder()).isEmpty();
  }

  @Test
  void a_flipped_bit_in_blocks_checkpoint_or_manifest_is_found_with_its_file() throws IOException {
    var random = new Random(SEED);
    for (String below : List.of("blocks", "checkpoints", "manifest")) {
      for (Path file : files(below)) {
        byte[] good = Files.readAllBytes(file);
        for (int round = 0; round < ROUNDS; round++) {
          byte[] bad = good.clone();
          int at = random.nextInt(bad.length);
          bad[at] ^= (byte) (1 << random.nextInt(8));
          Files.write(file, bad);

          assertThat(verify().findings())
              .as("seed %s, byte %d of %d of %s", SEED, at, bad.length, file)
              .isNotEmpty()
              .allMatch(finding -> finding.startsWith(file + ": "));
        }
        Files.write(file, good);
      }
    }
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void a_damaged_list_of_what_is_deleted_is_found() throws IOException {
    try (var store =
        MetricStore.open(MetricStoreConfig.in(folder).withFreeBytes(0), new ManualClock(T0))) {
      store.delete(List.of(List.of(Matcher.equal("__name__", "m1"))), TimeRange.ALWAYS);
    }
    Path list = folder.resolve("metrics/tombstones");
    byte[] good = Files.readAllBytes(list);
    long files = verify().files();
    assertThat(verify().findings()).isEmpty();

    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.write(list, bad);

      assertThat(verify().findings())
          .as("byte %d", at)
          .singleElement()
          .asString()
          .startsWith(list + ": 0: ");
    }
    Files.delete(list);
    assertThat(verify().files()).isEqualTo(files - 1);
  }

  /** As a writer with a defect leaves it: the bytes are those it wrote, with their checksums. */
  @Test
  void chunks_that_are_whole_and_can_not_be_decoded_are_found() throws IOException {
    Path chunks =
        files("blocks").stream().filter(each -> each.endsWith("chunks")).findFirst().orElseThrow();
    byte[] good = Files.readAllBytes(chunks);
    var random = new Random(SEED);
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bad = good.clone();
      int timesAt = (int) ByteBuffer.wrap(good).order(LITTLE_ENDIAN).getLong(good.length - 80 + 32);
      int end = checksumsAt(good);
      bad[timesAt + random.nextInt(end - timesAt)] ^= (byte) (1 << random.nextInt(8));
      sum(bad, end);
      Files.write(chunks, bad);

      List<String> findings = verify().findings();
      assertThat(findings).allMatch(each -> each.startsWith(chunks + ": 0: "));
      if (!findings.isEmpty()) found++;
    }
    assertThat(found).isGreaterThan(ROUNDS / 2); // some flips only make other times that rise
  }

  private static int checksumsAt(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(LITTLE_ENDIAN).getLong(file.length - 80 + 56);
  }

  /** Writes the checksums of all pages anew. */
  private static void sum(byte[] file, int end) {
    ByteBuffer out = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
    for (int page = 0; page << 16 < end; page++) {
      var crc = new CRC32C();
      crc.update(file, page << 16, Math.min(1 << 16, end - (page << 16)));
      out.putInt(end + 4 * page, (int) crc.getValue());
    }
  }

  @Test
  void damage_in_the_log_before_what_was_durable_is_found_with_its_place() throws IOException {
    Path segment = files("wal").getLast();
    byte[] good = Files.readAllBytes(segment);
    byte[] bad = good.clone();
    bad[good.length / 3] ^= 1;
    Files.write(segment, bad);

    assertThat(verify().findings()).singleElement().asString().startsWith(segment + ": ");
  }

  @Test
  void a_torn_tail_of_the_log_is_no_damage_for_the_next_start_cuts_it() throws IOException {
    Path segment = files("wal").getLast();
    byte[] good = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(good, good.length - 20));

    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void a_block_a_file_of_it_and_a_segment_that_are_missing_are_named() throws IOException {
    Path block = requireNonNull(files("blocks").getFirst().getParent());
    Path chunks = block.resolve("chunks");
    Files.delete(chunks);
    assertThat(verify().findings()).containsExactly(chunks + ": 0: the file is missing");

    for (Path left : files("blocks")) Files.delete(left);
    Files.delete(block);
    assertThat(verify().findings()).containsExactly(block + ": 0: the block is missing");
  }
}
