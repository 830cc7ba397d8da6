package io.oriel.storage.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Path FILE = Path.of("/data/notes/manifest");

  @Test
  void a_manifest_is_what_the_format_page_draws() {
    var manifest =
        new Manifest(0, "00000003", 12, java.util.List.of())
            .withBlock(new Manifest.Entry("b0", new TimeRange(-9, -6), 1))
            .withoutBlock("b0")
            .withBlock(new Manifest.Entry("b2", new TimeRange(7_200_000, 14_399_999), 4096))
            .withBlock(new Manifest.Entry("b1", new TimeRange(-5, 7_199_999), 1234))
            .withBlock(new Manifest.Entry("b1-n1-1", new TimeRange(1, 7_200_000), 300, 300_000))
            .withHeadFrom(14_400_000)
            .next();

    String text = new String(ManifestText.write(manifest), US_ASCII);

    assertThat(text)
        .isEqualTo(
            """
            oriel manifest 4
            edition 1
            checkpoint 00000003
            first-segment 12
            head-from 14400000
            block b1 -5 7199999 1234
            aggregate b1-n1-1 1 7200000 300 300000
            block b2 7200000 14399999 4096
            gone b0
            crc32c 3b7a8b99
            """);
    assertThat(ManifestText.parse(FILE, text.getBytes(US_ASCII))).isEqualTo(manifest);
  }

  @Test
  void a_manifest_of_version_3_is_read() {
    String text =
        """
        oriel manifest 3
        edition 1
        checkpoint 00000003
        first-segment 12
        head-from 14400000
        block b1 -5 7199999 1234
        block b2 7200000 14399999 4096
        gone b0
        crc32c 337f622a
        """;

    Manifest read = ManifestText.parse(FILE, text.getBytes(US_ASCII));

    assertThat(read.blocks()).hasSize(2).noneMatch(Manifest.Entry::isAggregate);
    assertThat(read.headFrom()).isEqualTo(14_400_000);
  }

  @Test
  void a_name_tells_after_which_edition_a_block_came_and_what_is_news_of_it() {
    var plain = new Manifest.Entry("20260101T000000Z-17", new TimeRange(0, 1), 1);
    var aggregate = new Manifest.Entry("20260101T000000Z-n12-17", new TimeRange(0, 1), 1, 300_000);

    assertThat(plain.writtenAfter()).isEqualTo(17);
    assertThat(plain.newsAfter()).isZero();
    assertThat(aggregate.writtenAfter()).isEqualTo(17);
    assertThat(aggregate.newsAfter()).isEqualTo(12);
  }

  @Test
  void a_manifest_of_version_1_is_read() {
    String text =
        """
        oriel manifest 1
        edition 1
        checkpoint 00000003
        first-segment 12
        block b1 -5 7199999 1234
        block b2 7200000 14399999 4096
        crc32c 61bbc36b
        """;

    Manifest read = ManifestText.parse(FILE, text.getBytes(US_ASCII));

    assertThat(read.blocks()).hasSize(2);
    assertThat(read.gone()).isEmpty();
    assertThat(read.headFrom()).isEqualTo(14_400_000);
  }

  @Test
  void a_manifest_with_any_bit_flipped_or_cut_anywhere_is_refused() {
    byte[] whole = ManifestText.write(new Manifest(7, "00000003", 12, java.util.List.of()));

    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ManifestText.parse(FILE, flipped), "bit %s", bit)
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining(FILE.toString());
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ManifestText.parse(FILE, cut), "cut at %s", length)
          .isInstanceOf(Refusal.CannotStart.class);
    }
  }

  @Test
  void after_a_crash_it_is_the_old_manifest_or_the_new_one() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      var disk = new FaultyDisk(seed);
      ManifestFile file = ManifestFile.open(DataFolder.open(disk, Path.of("/data"), "notes"));
      file.change(manifest -> manifest.withCheckpoint("1", 1));
      disk.failForce(1 + seed % 2);
      try {
        file.change(manifest -> manifest.withCheckpoint("2", 2));
      } catch (IOException _) { // the disk failed in the midst of it
      }
      disk.failForce(-1);
      disk.losePower();

      Manifest found =
          ManifestFile.open(DataFolder.open(disk, Path.of("/data"), "notes")).current();

      assertThat(found.checkpoint()).as("seed %s", seed).isIn("1", "2");
      assertThat(found.firstSegment()).isEqualTo(Long.parseLong(found.checkpoint()));
    }
  }

  @Test
  void a_newer_version_is_said_to_be_one() {
    assertThatThrownBy(() -> ManifestText.parse(FILE, "oriel manifest 5\n".getBytes(US_ASCII)))
        .hasMessage(
            "the manifest /data/notes/manifest was written by a newer Oriel (oriel manifest 5); start that version, or choose another folder with --data DIR");
  }
}
