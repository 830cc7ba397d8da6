package io.oriel.collect.container;

/**
 * One container as the doctor sees it: what it is, and what two looks a moment apart showed.
 *
 * @param restarts by its policy since it was last started by hand
 * @param uptimeMs since it was started; 0 when it does not run
 * @param meanCores of CPU that it took since then; NaN where unknown
 * @param nowCores of CPU that it took between the two looks; NaN where unknown
 * @param isLogRotated whether old output is ever let go
 * @param logBytes of the file its output goes to; -1 where that can't be seen
 * @param logBytesPerSecond how fast that grew between the two looks; 0 where unknown
 */
public record Patient(
    Container container,
    int restarts,
    long uptimeMs,
    double meanCores,
    double nowCores,
    boolean hasMemoryLimit,
    boolean hasCpuLimit,
    boolean hasProcessLimit,
    boolean isLogRotated,
    long logBytes,
    double logBytesPerSecond) {

  /** From two looks at the same container. */
  static Patient of(Tracked one, Look first, Look second, double seconds, long nowMs) {
    Inspected told = one.inspected;
    Container container = one.container();
    long started = container.startedMs();
    long uptime = container.isRunning() && started > 0 ? Math.max(1, nowMs - started) : 0;
    boolean isRotated = told == null || told.log().isRotated();
    double growth = first.logBytes() < 0 ? 0 : (second.logBytes() - first.logBytes()) / seconds;
    return new Patient(
        container,
        told == null ? 0 : told.life().restarts(),
        uptime,
        uptime == 0 ? Double.NaN : second.cpuSeconds() / (uptime / 1e3),
        (second.cpuSeconds() - first.cpuSeconds()) / seconds,
        one.usage.has(Figure.MEMORY_LIMIT),
        one.usage.has(Figure.CPU_QUOTA),
        one.usage.has(Figure.THREADS_MAX),
        isRotated,
        second.logBytes(),
        Math.max(0, growth));
  }

  /** What is compared between two moments. */
  record Look(double cpuSeconds, long logBytes) {
    static final Look NONE = new Look(Double.NaN, -1);

    static Look at(Tracked one) {
      return new Look(one.usage.of(Figure.CPU_USAGE), one.logBytes);
    }
  }
}
