package io.oriel.model;

/**
 * The marker that a series has ended: one certain NaN, told from other NaNs by its bits.
 *
 * <p>Source: Prometheus, {@code model/value/value.go}.
 */
public final class Stale {
  private static final long BITS = 0x7ff0000000000002L;
  private static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  /** The value to store as the last sample of a series that ended. */
  public static final double MARKER = Double.longBitsToDouble(BITS);

  /** The NaN that Prometheus stores for a scraped {@code NaN}. */
  public static final double NORMAL_NAN = Double.longBitsToDouble(NORMAL_NAN_BITS);

  private Stale() {}

  public static boolean isMarker(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
