package io.oriel.wire.tsdb;

import io.oriel.model.TimeRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was deleted of a block and is still in its chunks: ranges of time by series. */
final class Tombstones {
  private static final int MAGIC = 0x0130ba30;
  private static final int VERSION = 1;
  private static final int HEAD_BYTES = 5;

  private final Map<Long, List<TimeRange>> bySeries = new HashMap<>();

  /** Of a file that may not be there. */
  Tombstones(Path file, Arena arena) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) return;
    MappedBytes bytes = MappedBytes.of(file, arena);
    if (bytes.i32(0) != MAGIC) throw bytes.damaged(0, "this is no file of tombstones");
    if (bytes.u8(4) != VERSION) {
      throw bytes.damaged(4, "version %d of tombstones is not known".formatted(bytes.u8(4)));
    }
    long end = bytes.size() - MappedBytes.SUM_BYTES;
    bytes.checkSum(HEAD_BYTES, end - HEAD_BYTES, "the list of tombstones");
    var walk = new ByteWalk(bytes, HEAD_BYTES, end);
    while (walk.more()) {
      long series = walk.unsigned();
      long from = walk.signed();
      long to = walk.signed();
      if (from > to) throw bytes.damaged(walk.at(), "a range ends before it starts");
      bySeries.computeIfAbsent(series, _ -> new ArrayList<>()).add(new TimeRange(from, to));
    }
  }

  boolean deleted(List<TimeRange> ranges, long timeMs) {
    for (TimeRange each : ranges) {
      if (each.startMs() <= timeMs && timeMs <= each.endMs()) return true;
    }
    return false;
  }

  List<TimeRange> of(long series) {
    return bySeries.getOrDefault(series, List.of());
  }
}
