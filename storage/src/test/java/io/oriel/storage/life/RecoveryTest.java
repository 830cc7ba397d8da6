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
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  @TempDir Path data;
  private final ManualClock clock = new ManualClock();

  @Test
  void what_was_appended_is_told_again_in_order() {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      files.wal().append(utf8("two"));
    }

    assertThat(reopen(data)).containsExactly("record one", "record two");
  }

  @Test
  void a_checkpoint_takes_the_place_of_the_log_before_it() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      long first = files.wal().roll();
      files.wal().append(utf8("two"));
      files.checkpoint(first, out -> out.write(utf8("state after one")));
    }

    assertThat(reopen(data)).containsExactly("checkpoint state after one", "record two");
    assertThat(data.resolve("notes/wal/00000001")).doesNotExist();
  }

  @Test
  void only_the_newest_checkpoint_is_kept() throws IOException {
    try (var files = open(data, new Notebook())) {
      for (int i = 0; i < 3; i++) {
        files.wal().append(utf8("record"));
        String state = "state " + i;
        files.checkpoint(files.wal().roll(), out -> out.write(utf8(state)));
      }
    }

    assertThat(reopen(data)).containsExactly("checkpoint state 2");
    assertThat(data.resolve("notes/checkpoints")).isDirectoryContaining("glob:**/00000003");
    assertThat(data.resolve("notes/checkpoints").toFile().list()).hasSize(1);
  }

  @Test
  void a_block_and_the_checkpoint_that_lacks_its_hours_come_together() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      cut(files, "b1", "hours", "rest");
    }

    var notebook = new Notebook();
    try (var files = open(data, notebook);
        var lease = files.blocks().borrow(TimeRange.ALWAYS).getFirst()) {
      assertThat(notebook.told).containsExactly("block b1", "checkpoint rest");
      assertThat(lease.block()).isEqualTo("hours");
    }
  }

  @Test
  void a_checkpoint_that_could_not_be_written_leaves_the_old_one_in_force() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("state one")));
      files.wal().append(utf8("two"));

      assertThatThrownBy(() ->
              files.checkpoint(
                  files.wal().roll(),
                  out -> {
                    throw new IOException("no space");
                  }))
          .hasMessage("no space");
    }

    assertThat(reopen(data)).containsExactly("checkpoint state one", "record two");
  }

  @Test
  void a_damaged_checkpoint_stops_the_start_whichever_byte_it_is() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("state one")));
    }
    Path file = data.resolve("notes/checkpoints/00000001");
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThatThrownBy(() -> reopen(data), "byte %s", at)
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining(file.toString());
    }
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> reopen(data), "cut at %s", length)
          .isInstanceOf(Refusal.CannotStart.class);
    }
  }

  @Test
  void a_damaged_checkpoint_is_left_out_when_somebody_says_so() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("state one")));
      files.wal().append(utf8("two"));
    }
    Path file = data.resolve("notes/checkpoints/00000001");
    byte[] bytes = Files.readAllBytes(file);
    bytes[9] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> reopen(data))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("bytes from offset 8 to " + bytes.length)
        .hasMessageContaining("rename that file to 00000001.damaged and start");

    Files.move(file, data.resolve("notes/checkpoints/00000001.damaged"));

    assertThat(reopen(data)).containsExactly("record two");
    assertThat(reopen(data)).containsExactly("record two");
    assertThat(data.resolve("notes/checkpoints/00000001.damaged")).exists();
    try (var files = open(data, new Notebook())) {
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("state two")));
    }
    assertThat(reopen(data)).containsExactly("checkpoint state two");
  }

  @Test
  void a_missing_checkpoint_stops_the_start_and_files_of_others_beside_it_stay()
      throws IOException {
    try (var files = open(data, new Notebook())) {
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("state one")));
    }
    Path notes = Files.writeString(data.resolve("notes/checkpoints/README"), "mine");
    reopen(data);
    assertThat(notes).exists();
    Files.delete(data.resolve("notes/checkpoints/00000001"));

    assertThatThrownBy(() -> reopen(data))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("checkpoints/00000001 is missing");
  }

  @Test
  void a_whole_checkpoint_that_makes_no_sense_stops_the_start_with_its_name() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("state one")));
    }
    var puzzled =
        new Notebook() {
          @Override
          public void checkpoint(MemorySegment body) {
            throw new IllegalStateException("an entry of the kind 9");
          }
        };

    assertThatThrownBy(() -> open(data, puzzled))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessage(
            "the checkpoint %s is whole and can't be read (an entry of the kind 9); start the version of Oriel that wrote it, or choose another folder with --data DIR"
                .formatted(data.resolve("notes/checkpoints/00000001")));
    assertThat(reopen(data)).containsExactly("checkpoint state one");
  }

  @Test
  void a_store_whose_manifest_is_lost_does_not_pass_for_a_new_one() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      cut(files, "b1", "hours", "rest");
    }
    Path manifest = data.resolve("notes/manifest");
    Path aside = Files.move(manifest, data.resolve("aside"));

    assertThatThrownBy(() -> reopen(data))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("the manifest %s is missing".formatted(manifest));

    Files.move(aside, manifest);
    assertThat(reopen(data)).containsExactly("block b1", "checkpoint rest");
  }

  @Test
  void a_checkpoint_is_what_the_format_page_draws() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("hello")));
    }

    assertThat(
            HexFormat.ofDelimiter(" ")
                .formatHex(Files.readAllBytes(data.resolve("notes/checkpoints/00000001"))))
        .isEqualTo(
            "4f 52 4c 43 4b 50 02 00 " // ORLCKP, version 2
                + "02 00 00 00 00 00 00 00 " // first segment
                + "00 00 00 00 00 00 00 80 " // head from: not known
                + "68 65 6c 6c 6f " // hello
                + "05 00 00 00 00 00 00 00 03 5c 9c 28"); // length, CRC-32C
  }

  @Test
  void a_checkpoint_of_version_1_is_read() throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      files.checkpoint(files.wal().roll(), out -> out.write(utf8("other")));
    }
    byte[] first =
        HexFormat.ofDelimiter(" ")
            .parseHex(
                "4f 52 4c 43 4b 50 01 00 " // ORLCKP, version 1
                    + "68 65 6c 6c 6f " // hello
                    + "05 00 00 00 00 00 00 00 4c bb 71 9a"); // length, CRC-32C of the body

    Files.write(data.resolve("notes/checkpoints/00000001"), first);

    assertThat(reopen(data)).containsExactly("checkpoint hello");
  }

  @Test
  void a_snapshot_opens_as_a_store_and_the_store_goes_on(@TempDir Path copies) throws IOException {
    try (var files = open(data, new Notebook())) {
      files.wal().append(utf8("one"));
      cut(files, "b1", "hours", "rest");
      files.wal().append(utf8("two"));
      snapshot(files, copies);
      files.wal().append(utf8("three"));
    }

    assertThat(reopen(copies)).containsExactly("block b1", "block b2", "checkpoint known");
    try (var copy = open(copies, new Notebook())) {
      copy.wal().append(utf8("only in the copy"));
    }
    assertThat(reopen(data))
        .containsExactly("block b1", "checkpoint rest", "record two", "record three");
    assertThat(reopen(copies)).endsWith("record only in the copy");
  }

  @Test
  void a_snapshot_never_overwrites_another(@TempDir Path copies) throws IOException {
    try (var files = open(data, new Notebook())) {
      snapshot(files, copies);

      assertThatThrownBy(() -> snapshot(files, copies)).isInstanceOf(Refusal.BadRequest.class);
      files.snapshot(copies.resolve("second"), List.of(), out -> out.write(utf8("known")));
    }

    assertThat(reopen(copies)).containsExactly("block b2", "checkpoint known");
    assertThat(reopen(copies.resolve("second"))).containsExactly("checkpoint known");
  }

  private static void snapshot(StoreFiles<String> files, Path copies) throws IOException {
    try (var builder = files.blocks().build("b2")) {
      builder.create("text").writeFully(utf8("what the log holds"), 0);
      var made = new Made(builder, new TimeRange(11, 20));
      files.snapshot(copies, List.of(made), out -> out.write(utf8("known")));
    }
  }

  private static void cut(StoreFiles<String> files, String name, String block, String checkpoint)
      throws IOException {
    try (var builder = files.blocks().build(name)) {
      builder.create("text").writeFully(utf8(block), 0);
      long first = files.wal().roll();
      var made = new Made(builder, new TimeRange(0, 10));
      files.commit(List.of(made), List.of(), first, out -> out.write(utf8(checkpoint)));
    }
  }

  private List<String> reopen(Path where) {
    var notebook = new Notebook();
    open(where, notebook).close();
    return notebook.told;
  }

  private StoreFiles<String> open(Path where, Notebook notebook) {
    return notebook.open(Disk.real(), where, SyncPolicy.DEFAULT, clock);
  }
}
