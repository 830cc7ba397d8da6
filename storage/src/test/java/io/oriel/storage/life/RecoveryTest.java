package io.oriel.storage.life;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.TimeRange;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.block.BlockFiles;
import io.oriel.storage.block.BlockFolder.Made;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  @TempDir Path data;

  @Test
  void what_was_appended_is_told_again_in_order() {
    try (var files = open(new Notebook())) {
      files.wal().append(utf8("one"));
      files.wal().append(utf8("two"));
    }

    var notebook = new Notebook();
    try (var _ = open(notebook)) {
      assertThat(notebook.told).containsExactly("record one", "record two");
    }
  }

  @Test
  void a_checkpoint_takes_the_place_of_the_log_before_it() throws IOException {
    try (var files = open(new Notebook())) {
      files.wal().append(utf8("one"));
      long first = files.wal().roll();
      files.wal().append(utf8("two"));
      files.checkpoint(first, out -> out.write(utf8("state after one")));
    }

    var notebook = new Notebook();
    try (var _ = open(notebook)) {
      assertThat(notebook.told).containsExactly("checkpoint state after one", "record two");
    }
  }

  @Test
  void a_block_and_the_checkpoint_that_lacks_its_hours_come_together() throws IOException {
    try (var files = open(new Notebook());
        var builder = files.blocks().build("b1")) {
      builder.create("text").writeFully(utf8("hours"), 0);
      long first = files.wal().roll();
      var made = new Made(builder, new TimeRange(0, 10));
      files.commit(List.of(made), List.of(), first, out -> out.write(utf8("rest")));
    }

    var notebook = new Notebook();
    try (var files = open(notebook)) {
      assertThat(notebook.told).containsExactly("block b1", "checkpoint rest");
      try (var lease = files.blocks().borrow(TimeRange.ALWAYS).getFirst()) {
        assertThat(lease.block()).isEqualTo("hours");
      }
    }
  }

  private StoreFiles<String> open(Notebook notebook) {
    return Recovery.open(
        Disk.real(), data, "notes", SyncPolicy.DEFAULT, new ManualClock(), notebook);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** A store that writes down what it is told. */
  private static final class Notebook implements Contents<String> {
    final List<String> told = new ArrayList<>();

    @Override
    public String block(BlockFiles files) {
      told.add("block " + files.name());
      return text(files.file("text"));
    }

    @Override
    public void checkpoint(MemorySegment body) {
      told.add("checkpoint " + text(body));
    }

    @Override
    public void record(ByteBuffer record) {
      told.add("record " + UTF_8.decode(record));
    }

    private static String text(MemorySegment bytes) {
      return new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }
  }
}
