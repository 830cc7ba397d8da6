package io.oriel.metrics.read;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.HeadCheckpoint;
import io.oriel.storage.block.BlockFiles;
import io.oriel.storage.life.Contents;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Takes over what an earlier run left in blocks, checkpoint and log: for a start, and for a look.
 */
public record FoundHead(Head head) implements Contents<MetricBlock> {
  @Override
  public MetricBlock block(BlockFiles found) {
    return MetricBlock.open(found);
  }

  @Override
  public void headFrom(long ms) {
    head.acceptFrom(ms);
  }

  @Override
  public void checkpoint(MemorySegment body) {
    HeadCheckpoint.read(body, head);
  }

  @Override
  public void record(ByteBuffer record) {
    head.replay(record);
  }
}
