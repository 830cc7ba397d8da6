package io.oriel.server.http.prometheus;

/** Durations as Prometheus writes them: {@code 1m30s}, {@code 15s}, {@code 1d}. */
final class DurationText {
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MS = {86_400_000, 3_600_000, 60_000, 1000, 1};

  private DurationText() {}

  static String of(long ms) {
    if (ms == 0) return "0s";
    var text = new StringBuilder();
    long rest = ms;
    for (int i = 0; i < UNITS.length; i++) {
      long whole = rest / MS[i];
      if (whole > 0) text.append(whole).append(UNITS[i]);
      rest %= MS[i];
    }
    return text.toString();
  }
}
