package io.oriel.simulate.page;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A page of metrics: families in their order. Help and type are written before the samples; a
 * family without series is left out. Not thread-safe.
 */
public final class MetricsPage {
  private final Numbers numbers;
  private final boolean saysCreated;
  private final LongSupplier nowMs;
  private final List<Family> families = new ArrayList<>();
  private final StringBuilder scratch = new StringBuilder(256);
  private int lastSize = 1024;

  /**
   * @param saysCreated whether counters and histograms tell since when they count, as Python's do
   */
  public MetricsPage(Numbers numbers, boolean saysCreated, LongSupplier nowMs) {
    this.numbers = numbers;
    this.saysCreated = saysCreated;
    this.nowMs = nowMs;
  }

  public Family counter(String name, String help) {
    return add(new Family(this, name, "counter", help, saysCreated));
  }

  public Family gauge(String name, String help) {
    return add(new Family(this, name, "gauge", help, false));
  }

  public Family histogram(String name, String help) {
    return add(new Family(this, name, "histogram", help, saysCreated));
  }

  private Family add(Family family) {
    families.add(family);
    return family;
  }

  /** All counters begin again, as in a new process. */
  public void restart() {
    families.forEach(Family::restart);
  }

  /** How many series it has. */
  public int size() {
    int size = 0;
    for (Family each : families) size += each.size();
    return size;
  }

  public byte[] toBytes() {
    var out = new ByteArrayOutputStream(lastSize + 256);
    for (Family each : families) each.write(out, numbers, scratch);
    lastSize = out.size();
    return out.toByteArray();
  }

  double nowSeconds() {
    return nowMs.getAsLong() / 1000.0;
  }

  String bound(double bound) {
    var text = new StringBuilder();
    numbers.write(bound, text);
    return text.toString();
  }
}
