package io.oriel.metrics.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a thousand series, an array a field: no object a series. Pages never move. The
 * shard's appender writes; readers copy what they need between two looks at {@link #version} and
 * try again where it changed meanwhile, so neither waits for the other.
 */
final class SeriesPage {
  static final int BITS = 10;
  static final int SERIES = 1 << BITS;
  static final int MASK = SERIES - 1;

  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LATE = MethodHandles.arrayElementVarHandle(LateSamples[].class);

  /** The flags. */
  static final byte IN_USE = 1;

  static final byte LOGGED = 2; // its labels stand in the write-ahead log or in a checkpoint

  static final byte EXTRA = 4; // it has a SeriesExtra
  static final byte ROWS = 8; // its open chunk is of native histograms

  private final int[] version = new int[SERIES]; // odd while the appender is at work

  final byte[] flags = new byte[SERIES];
  final int[] pins = new int[SERIES]; // writers that hold its handle

  /** The newest sample; the minimum where there is none. */
  final long[] lastTime = new long[SERIES];

  final long[] lastBits = new long[SERIES];

  /** The newest sealed chunk, which names the one before; 0 = none. */
  final long[] sealed = new long[SERIES];

  /**
   * Of the batch that is on its way to the log: its newest row of the series, counted from 1; 0 =
   * none. Only the appender looks at it, and it is 0 again when the appender lets go of the lock.
   */
  final int[] pendingRow = new int[SERIES];

  // the open chunk
  final long[] lastDelta = new long[SERIES];
  final int[] firstCell = new int[SERIES];
  final int[] lastCell = new int[SERIES];
  final short[] bits = new short[SERIES];
  final short[] count = new short[SERIES];
  final byte[] leading = new byte[SERIES];
  final byte[] length = new byte[SERIES];

  private @Nullable SeriesExtra @Nullable [] extras; // null as long as no series here has one
  private volatile @Nullable LateSamples @Nullable [] late; // the same

  /** What a series has beside these fields; null where it has nothing. */
  @Nullable SeriesExtra extra(int slot) {
    @Nullable SeriesExtra[] all = extras;
    return all == null ? null : all[slot];
  }

  /** The same, made where there is none; called by the appender. */
  SeriesExtra withExtra(int slot) {
    @Nullable SeriesExtra[] all = extras;
    if (all == null) extras = all = new @Nullable SeriesExtra[SERIES];
    SeriesExtra extra = all[slot];
    if (extra == null) all[slot] = extra = new SeriesExtra();
    flags[slot] |= EXTRA;
    return extra;
  }

  /** Called by the appender when the series goes or comes anew. */
  void dropExtra(int slot) {
    if (extras != null) extras[slot] = null;
  }

  /** The series' out-of-order samples; null where it has none. */
  @Nullable LateSamples late(int slot) {
    @Nullable LateSamples[] all = late;
    return all == null ? null : (LateSamples) LATE.getAcquire(all, slot);
  }

  /** Called by the appender. */
  void setLate(int slot, @Nullable LateSamples samples) {
    @Nullable LateSamples[] all = late;
    if (all == null && samples == null) return;
    if (all == null) late = all = new @Nullable LateSamples[SERIES];
    LATE.setRelease(all, slot, samples);
  }

  /** Called by the appender before it changes what readers copy. */
  void beginChange(int slot) {
    INTS.setOpaque(version, slot, version[slot] + 1);
    VarHandle.storeStoreFence();
  }

  /** Called by the appender when the change is whole. */
  void endChange(int slot) {
    INTS.setRelease(version, slot, version[slot] + 1);
  }

  /** The version that a reader's copy begins with; odd: not now. */
  int beginCopy(int slot) {
    return (int) INTS.getAcquire(version, slot);
  }

  /** Whether what was copied since {@link #beginCopy} is whole. */
  boolean isCopyWhole(int slot, int begun) {
    VarHandle.loadLoadFence();
    return (begun & 1) == 0 && (int) INTS.getOpaque(version, slot) == begun;
  }

  /** Bytes of what series have beside the fields; about. */
  long extraBytes() {
    @Nullable SeriesExtra[] all = extras;
    if (all == null) return 0;
    long bytes = 4L * SERIES;
    for (SeriesExtra extra : all) if (extra != null) bytes += extra.bytes();
    return bytes;
  }

  static long bytes() {
    return SERIES * (1L + 5 * 4 + 8 * 4 + 2 * 2 + 2);
  }
}
