package io.oriel.storage.life;

import static io.oriel.storage.life.Notebook.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.block.BlockFolder.Made;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged or lost manifest is made anew, when somebody says so and not before. */
class RebuildTest {
  @TempDir Path data;
  private final ManualClock clock = new ManualClock();

  private Path notes(String file) {
    return data.resolve("notes").resolve(file);
  }

  @Test
  void a_damaged_manifest_stops_the_start_and_its_message_tells_what_to_do() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(notes("manifest"));
    bytes[20] ^= 1;
    Files.write(notes("manifest"), bytes);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::reopen)
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining(notes("manifest") + " is damaged")
          .hasMessageContaining("rename that file to manifest.damaged and start");
    }

    Files.move(notes("manifest"), notes("manifest.damaged"));
    assertThat(reopen()).containsExactly("block b1-0", "block b2-1", "checkpoint rest", "record 3");
    assertThat(notes("manifest.replaced")).hasBinaryContent(bytes);
    assertThat(notes("manifest.damaged")).doesNotExist();
    assertThat(reopen()).containsExactly("block b1-0", "block b2-1", "checkpoint rest", "record 3");
  }

  @Test
  void a_lost_manifest_is_made_anew_when_an_empty_file_asks_for_it() throws IOException {
    fill();
    Files.delete(notes("manifest"));
    assertThatThrownBy(this::reopen)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("make an empty file manifest.damaged beside it and start");

    Files.createFile(notes("manifest.damaged"));

    assertThat(reopen()).containsExactly("block b1-0", "block b2-1", "checkpoint rest", "record 3");
  }

  @Test
  void the_store_goes_on_with_a_manifest_that_was_made_anew() throws IOException {
    fill();
    Files.move(notes("manifest"), notes("manifest.damaged"));
    try (var files = open(new Notebook())) {
      assertThat(files.manifest().edition()).isGreaterThan(1_000_000); // larger than the lost one's
      cut(files, "b3-" + files.manifest().edition(), List.of(), 20);
      files.wal().append(utf8("4"));
    }

    assertThat(reopen()).contains("block b3-1000002").endsWith("checkpoint rest", "record 4");
  }

  @Test
  void blocks_that_a_merged_one_stands_for_are_left_out_and_kept_aside() throws IOException {
    fill();
    copy("b1-0");
    try (var files = open(new Notebook())) {
      cut(files, "m-2", List.of("b1-0", "b2-1"), 0);
    }
    Files.move(data.resolve("aside"), notes("blocks/b1-0")); // as if not deleted yet
    Files.move(notes("manifest"), notes("manifest.damaged"));

    assertThat(reopen()).containsExactly("block m-2", "checkpoint rest");
    assertThat(notes("unknown/b1-0")).isDirectory();
  }

  @Test
  void a_folder_that_does_not_tell_what_it_is_costs_no_other_and_is_kept_aside()
      throws IOException {
    fill();
    byte[] about = Files.readAllBytes(notes("blocks/b1-0/about"));
    about[15] ^= 1;
    Files.write(notes("blocks/b1-0/about"), about);
    Files.move(notes("manifest"), notes("manifest.damaged"));

    assertThat(reopen()).containsExactly("block b2-1", "checkpoint rest", "record 3");
    assertThat(notes("unknown/b1-0/text")).hasContent("b1-0");
  }

  @Test
  void a_damaged_checkpoint_beside_a_damaged_manifest_is_said_by_name() throws IOException {
    fill();
    Path checkpoint = notes("checkpoints/00000002");
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[30] ^= 1;
    Files.write(checkpoint, bytes);
    Files.move(notes("manifest"), notes("manifest.damaged"));

    assertThatThrownBy(this::reopen)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining(checkpoint + " is damaged")
        .hasMessageContaining("rename that file to 00000002.damaged");

    Files.move(checkpoint, notes("checkpoints/00000002.damaged"));
    assertThat(reopen()).containsExactly("block b1-0", "block b2-1", "record 3");
  }

  @Test
  void an_about_file_is_what_the_format_page_draws() throws IOException {
    fill();
    try (var files = open(new Notebook())) {
      cut(files, "m-2", List.of("b1-0", "b2-1"), 0);
    }

    assertThat(notes("blocks/m-2/about"))
        .hasContent(
            """
            oriel block 2
            range 0 9
            replaces b1-0
            replaces b2-1
            crc32c a9b8660b
            """);
  }

  /** Two blocks, a checkpoint of the rest, and a record behind it. */
  private void fill() throws IOException {
    try (var files = open(new Notebook())) {
      files.wal().append(utf8("1"));
      cut(files, "b1-0", List.of(), 0);
      files.wal().append(utf8("2"));
      cut(files, "b2-1", List.of(), 10);
      files.wal().append(utf8("3"));
    }
  }

  private static void cut(StoreFiles<String> files, String name, List<String> old, long startMs)
      throws IOException {
    try (var builder = files.blocks().build(name)) {
      builder.create("text").writeFully(utf8(name), 0);
      var made = new Made(builder, new TimeRange(startMs, startMs + 9));
      files.commit(List.of(made), old, files.wal().roll(), out -> out.write(utf8("rest")));
    }
  }

  private void copy(String block) throws IOException {
    Path aside = Files.createDirectory(data.resolve("aside"));
    for (String file : List.of("text", "about")) {
      Files.copy(notes("blocks").resolve(block).resolve(file), aside.resolve(file));
    }
  }

  private List<String> reopen() {
    var notebook = new Notebook();
    open(notebook).close();
    return notebook.told;
  }

  private StoreFiles<String> open(Notebook notebook) {
    return notebook.open(Disk.real(), data, SyncPolicy.DEFAULT, clock);
  }
}
