package io.oriel.storage.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.Clock;
import io.oriel.storage.block.BlockFiles;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.SyncPolicy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A store of plain text, which writes down what it is told at start. */
class Notebook implements Contents<String> {
  final List<String> told = new ArrayList<>();

  static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  StoreFiles<String> open(Disk disk, Path data, SyncPolicy sync, Clock clock) {
    return Recovery.open(disk, data, "notes", sync, clock, this);
  }

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

  static String text(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }
}
