package io.oriel.storage.wal;

/**
 * A place between two records of a log.
 *
 * @param segment the number of the segment
 * @param offset in that segment's file, in bytes
 */
public record WalPosition(long segment, long offset) implements Comparable<WalPosition> {
  @Override
  public int compareTo(WalPosition other) {
    int bySegment = Long.compare(segment, other.segment);
    return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
  }
}
