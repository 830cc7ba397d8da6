package io.oriel.model.histogram;

/** What is known of a histogram beside the one before it in its series. */
public enum CounterReset {
  /** Nothing: who needs to know compares the two. */
  UNKNOWN,
  /** The counter began anew with this one. */
  RESET,
  /** It went on growing. */
  NOT_RESET,
  /** It is no counter at all: it may fall without meaning. */
  GAUGE;

  /** As test files and Prometheus' texts write it: {@code not_reset}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
