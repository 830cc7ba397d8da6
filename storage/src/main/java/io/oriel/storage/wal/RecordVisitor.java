package io.oriel.storage.wal;

import java.nio.ByteBuffer;

/** Is told every record of the log in the order in which they were appended. */
@FunctionalInterface
public interface RecordVisitor {
  /**
   * One record.
   *
   * @param segment the number of the segment that holds it
   * @param record the bytes, to be read now: they are gone after the call
   */
  void record(long segment, ByteBuffer record);
}
