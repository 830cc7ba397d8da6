package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part that looks through a folder of /sys for devices now and then, and reads only their files
 * of numbers in the rounds between.
 */
final class Scanned implements Part {
  static final int EACH_ROUND = 1;
  static final int EVERY_FEW_MINUTES = 20; // rounds; a new sensor is not urgent

  /** Looks for devices. */
  @FunctionalInterface
  interface Scan {
    /**
     * Adds what it finds.
     *
     * @throws Unreadable when the machine has none
     */
    void into(Rows rows) throws Unreadable;
  }

  private final String name;
  private final List<Metric> metrics;
  private final KernelFiles files;
  private final int every;
  private final Scan scan;
  private final Rows rows = new Rows();
  private @Nullable Unreadable problem;
  private int untilScan;

  Scanned(String name, List<Metric> metrics, KernelFiles files, int every, Scan scan) {
    this.name = name;
    this.metrics = metrics;
    this.files = files;
    this.every = every;
    this.scan = scan;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public void read(Readings out) throws Unreadable {
    if (untilScan == 0) look();
    untilScan--;
    rows.tell(files, out);
    if (problem != null) throw problem;
  }

  private void look() {
    untilScan = every;
    problem = null;
    rows.clear();
    try {
      scan.into(rows);
    } catch (Unreadable e) {
      problem = e;
    }
  }
}
